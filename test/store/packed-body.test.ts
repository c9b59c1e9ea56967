import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { packBody, unpackBody } from "../../src/store/packed-body.ts";

const LINE = '{"id":"0123456789abcdef","message":"PLAY-1 change"},';

describe("a body as it is kept", () => {
  test.each([
    ["nothing", 0],
    ["one line", 1],
    ["7 KB, packed at once", 150],
    ["1 MB, packed aside", 20_000],
  ])("comes back as it was: %s", async (_, lines) => {
    const body = Buffer.from(LINE.repeat(lines));
    expect((await unpackBody(await packBody(body))).equals(body)).toBe(true);
  });

  test("of a push takes a fraction of its size", async () => {
    const body = Buffer.from(LINE.repeat(150));
    expect((await packBody(body)).length).toBeLessThan(body.length / 4);
  });

  test("stays as it is where packing gains nothing", async () => {
    const small = Buffer.from(LINE);
    const noise = Buffer.from(randomBytes(4_000));
    expect(await packBody(small)).toBe(small);
    expect(await packBody(noise)).toBe(noise);
  });

  test("stays as it is when it only looks like a frame in the middle", async () => {
    const body = Buffer.from("a\u0028\u00b5/\u00fd".repeat(10));
    expect(await unpackBody(body)).toBe(body);
  });

  test("is refused when it unfolds without bound", async () => {
    const { zstdCompressSync } = await import("node:zlib");
    await expect(unpackBody(zstdCompressSync(Buffer.alloc(70 * 1_024 * 1_024)))).rejects.toThrow(RangeError);
  });
});
