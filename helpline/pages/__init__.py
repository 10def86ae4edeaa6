"""What all pages for people share: who may ask for them, what they may load, how they are filled in."""
