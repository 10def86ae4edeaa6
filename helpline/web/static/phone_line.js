// The line to the service: a call is begun, what happens comes in as server-sent events, what is done is posted.
const post = (path, body) =>
  fetch(`/phone/calls${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
    keepalive: true, // also when the page is being left
  });

export class Refused extends Error {}

export class Line {
  // Calls as this caller, the draft that the page is for or else what is live; `told` gets each event in order, `lost` is called when there is no connection any more.
  static async call(caller, told, lost) {
    const response = await post("", { caller, draft: new URLSearchParams(location.search).get("draft") ?? "" });
    if (!response.ok) throw new Refused((await response.json()).problem);
    return new Line((await response.json()).token, told, lost);
  }

  constructor(token, told, lost) {
    this.token = token;
    this.lost = lost;
    this.stream = new EventSource(`/phone/calls/${token}/events`);
    this.stream.onmessage = (message) => {
      const event = JSON.parse(message.data);
      event.stop = Number(message.lastEventId);
      if (event.kind === "over") this.close();
      told(event);
    };
    this.stream.onerror = () => {
      if (this.stream.readyState === EventSource.CLOSED) this.lost(); // it connects again by itself until it is refused
    };
  }

  async do(act, stop, what) {
    await post(`/${this.token}/${act}`, { stop, what }).catch(() => this.lost());
  }

  hangUp() {
    return this.do("hang-up");
  }

  close() {
    this.stream.close();
  }
}
