import type { Socket } from "node:net";

/** Answers of one round: their times in milliseconds, and how many were not 2xx. */
export interface Round {
  readonly times: number[];
  refused: number;
}

/**
 * One connection: the next request goes out when the answer to the one before has come; null: it was the last. Only status
 * line and length of the answer are read.
 */
export function drive(socket: Socket, next: () => Buffer | null, round: Round): Promise<void> {
  return new Promise((resolve, reject) => {
    let sentAt = 0;
    let answer = "";

    function send(): void {
      const request = next();
      if (request === null) {
        socket.end();
        return resolve();
      }
      sentAt = performance.now();
      socket.write(request);
    }

    socket.on("data", (chunk: Buffer) => {
      answer += chunk.toString("latin1");
      if (!isWhole(answer)) return;
      round.times.push(performance.now() - sentAt);
      if (!/^HTTP\/1\.1 20[0-9] /.test(answer)) round.refused += 1;
      answer = "";
      send();
    });
    socket.on("error", reject);
    socket.on("close", () => reject(new Error("the server ended a connection")));
    send();
  });
}

function isWhole(answer: string): boolean {
  const end = answer.indexOf("\r\n\r\n");
  if (end === -1) return false;
  const length = /\r\ncontent-length: *([0-9]+)/i.exec(answer.slice(0, end))?.[1];
  if (length === undefined) return answer.endsWith("0\r\n\r\n");
  return answer.length >= end + 4 + Number(length);
}
