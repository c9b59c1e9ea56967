/** Whose browser listens, to what. */
export interface Listener {
  /** Names the session, as text. */
  readonly session: string;
  /** null: everything that the person may see. */
  readonly repositoryId: number | null;
}

/** What the person may see now; null: the session is over, or it cannot be said. Never throws. */
export type ReadVisible = (session: string) => Promise<ReadonlySet<number> | null>;

interface Stream extends Listener {
  readonly send: (text: string) => boolean;
  readonly end: () => void;
  visible: ReadonlySet<number>;
  /** Told with the next event; null: everything. */
  pending: Set<number> | null;
  timer: ReturnType<typeof setTimeout> | null;
}

export interface StreamLimits {
  readonly perSession: number;
  readonly overall: number;
  /** Changes of one repository within this time are told once. Milliseconds. */
  readonly gather: number;
  /** How often the connection shows that it lives, and is asked whether it still may. Milliseconds. */
  readonly heartbeat: number;
}

/** The open event streams of this process. Each keeps little: what its person may see is kept once for each session. */
export interface Streams {
  /** null: there are too many already. */
  readonly open: (
    listener: Listener,
    visible: ReadonlySet<number>,
  ) => ReadableStream<Uint8Array<ArrayBuffer>> | null;
  readonly tell: (repositoryId: number | null) => void;
  readonly endAll: () => void;
  readonly count: () => number;
}

/** A browser that has not taken this many pieces is gone, or asleep: it comes again by itself. */
const UNTAKEN = 64;
/** Milliseconds until a browser whose stream broke off comes again. */
const COME_AGAIN = 1_000;
const encoder = new TextEncoder();

export function createStreams(readVisible: ReadVisible, limits: StreamLimits): Streams {
  const streams = new Set<Stream>();
  let underWay = false;
  let beating: ReturnType<typeof setInterval> | null = null;

  function drop(stream: Stream): void {
    if (stream.timer !== null) clearTimeout(stream.timer);
    streams.delete(stream);
    if (streams.size > 0 || beating === null) return;
    clearInterval(beating);
    beating = null;
  }

  function end(stream: Stream): void {
    drop(stream);
    stream.end();
  }

  function send(stream: Stream, text: string): void {
    if (!stream.send(text)) end(stream);
  }

  function flush(stream: Stream): void {
    stream.timer = null;
    const ids = stream.pending === null ? [null] : [...stream.pending];
    stream.pending = new Set();
    // What may be seen can have become less while the change was waiting.
    const told = ids.filter((id) => id === null || stream.visible.has(id));
    const text = told.map((id) => `event: change\ndata: ${id === null ? "all" : id}\n\n`).join("");
    if (text !== "") send(stream, text);
  }

  function tellOne(stream: Stream, repositoryId: number | null): void {
    if (repositoryId === null) stream.pending = null;
    else if (!concerns(stream, repositoryId)) return;
    else stream.pending?.add(repositoryId);
    stream.timer ??= setTimeout(() => flush(stream), limits.gather);
  }

  /** Each session is asked about once, however many streams it has; what nobody can say ends them. */
  async function beat(): Promise<void> {
    if (underWay) return;
    underWay = true;
    try {
      await askAll();
    } finally {
      underWay = false;
    }
  }

  async function askAll(): Promise<void> {
    const sessions = new Set([...streams].map(({ session }) => session));
    for (const session of sessions) {
      const visible = await readVisible(session);
      for (const stream of streams) {
        if (stream.session !== session) continue;
        if (visible === null || isGone(stream, visible)) {
          end(stream);
          continue;
        }
        stream.visible = visible;
        send(stream, ": still here\n\n");
      }
    }
  }

  return {
    open(listener, visible) {
      const theirs = [...streams].filter(({ session }) => session === listener.session).length;
      if (theirs >= limits.perSession || streams.size >= limits.overall) return null;
      let stream: Stream | null = null;
      const readable = new ReadableStream<Uint8Array<ArrayBuffer>>({
        start(controller) {
          stream = {
            ...listener,
            visible,
            pending: new Set(),
            timer: null,
            send(text) {
              controller.enqueue(encoder.encode(text));
              return (controller.desiredSize ?? 0) > -UNTAKEN;
            },
            end: () => controller.close(),
          };
          streams.add(stream);
          stream.send(`retry: ${COME_AGAIN}\n\n`);
        },
        cancel() {
          if (stream !== null) drop(stream);
        },
      });
      beating ??= setInterval(() => void beat(), limits.heartbeat).unref();
      return readable;
    },
    tell(repositoryId) {
      for (const stream of streams) tellOne(stream, repositoryId);
    },
    endAll() {
      for (const stream of streams) end(stream);
    },
    count: () => streams.size,
  };
}

function concerns({ repositoryId, visible }: Stream, changed: number): boolean {
  return visible.has(changed) && (repositoryId === null || repositoryId === changed);
}

function isGone({ repositoryId }: Listener, visible: ReadonlySet<number>): boolean {
  return repositoryId !== null && !visible.has(repositoryId);
}
