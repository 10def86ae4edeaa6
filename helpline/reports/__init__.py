"""What is told of many calls at once, without telling of any single one."""
