/** What a browser hears of one stream. */
export interface Heard {
  /** Everything so far, once it holds the text. Rejects when the stream ends before. */
  readonly until: (text: string) => Promise<string>;
  /** Everything, once it has ended. */
  readonly ended: () => Promise<string>;
  /** The browser goes away. */
  readonly leave: () => Promise<void>;
}

export function readEvents(body: ReadableStream<Uint8Array> | null): Heard {
  if (body === null) throw new Error("there is no stream");
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let heard = "";
  async function more(): Promise<boolean> {
    const { done, value } = await reader.read();
    heard += decoder.decode(value, { stream: true });
    return !done;
  }
  return {
    async until(text) {
      while (!heard.includes(text)) {
        if (!(await more())) throw new Error(`it ended after ${JSON.stringify(heard)}`);
      }
      return heard;
    },
    async ended() {
      while (await more());
      return heard;
    },
    leave: () => reader.cancel(),
  };
}
