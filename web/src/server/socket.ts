import type { Asked, Frame } from "./messages";

export interface Listener {
  /** Messages of one frame; the first frame after each connect begins with a Snapshot. */
  readonly onFrame: (frame: Frame) => void;
  readonly onOpen: () => void;
  /** The connection is lost; another try follows by itself. */
  readonly onLost: () => void;
}

/** Seconds before the tries to come back: quick at first, then gentle. */
const WAITS = [0.25, 0.5, 1, 2, 4];

/** A websocket that comes back. What is sent while it is away is dropped: who comes back asks again. */
export class Socket {
  private socket: WebSocket | null = null;
  private tries = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private closed = false;

  constructor(
    private readonly url: string,
    private readonly listener: Listener,
  ) {
    this.connect();
  }

  /** Whether it left. */
  send(message: Asked): boolean {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(message));
    return true;
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    this.socket?.close();
  }

  private connect(): void {
    const socket = new WebSocket(this.url);
    this.socket = socket;
    socket.onopen = () => {
      this.tries = 0;
      this.listener.onOpen();
    };
    socket.onmessage = (event: MessageEvent<string>) => this.listener.onFrame(JSON.parse(event.data) as Frame);
    socket.onclose = () => {
      if (this.closed) return;
      this.listener.onLost();
      const wait = WAITS[Math.min(this.tries, WAITS.length - 1)] ?? 1;
      this.tries += 1;
      this.timer = setTimeout(() => this.connect(), wait * 1000);
    };
  }
}

/** The address of the page's own server. */
export const socketUrl = (page: Location): string =>
  `${page.protocol === "https:" ? "wss" : "ws"}://${page.host}/ws`;
