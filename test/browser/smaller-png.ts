import { crc32, deflateSync, inflateSync } from "node:zlib";
import { indexed } from "./palette.ts";

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const CHANNELS: Readonly<Record<number, number>> = { 2: 3, 6: 4 };

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
}

/**
 * The same picture in fewer bytes, for a repository: browsers compress for speed, and keep more colours than pages have. Flat areas are
 * smallest without PNG's filters. https://www.w3.org/TR/png-3/
 */
export function smallerPng(png: Buffer): Buffer {
  const chunks = readChunks(png);
  const header = chunks.find(({ type }) => type === "IHDR")?.data;
  if (header === undefined) throw new Error("this is no PNG");
  const width = header.readUInt32BE(0);
  const channels = CHANNELS[header[9] ?? 0];
  if (header[8] !== 8 || channels === undefined || header[12] !== 0) return png;
  const packed = Buffer.concat(chunks.filter(({ type }) => type === "IDAT").map(({ data }) => data));
  const rows = unfiltered(inflateSync(packed), width * channels, channels);
  const { palette, lines } = indexed(rows, width, channels);
  const smaller = Buffer.concat([
    SIGNATURE,
    writeChunk({ type: "IHDR", data: withPalette(header) }),
    writeChunk({ type: "PLTE", data: palette }),
    writeChunk({ type: "IDAT", data: deflateSync(lines, { level: 9, memLevel: 9 }) }),
    writeChunk({ type: "IEND", data: Buffer.alloc(0) }),
  ]);
  return smaller.byteLength < png.byteLength ? smaller : png;
}

/** Colour type 3. */
function withPalette(header: Buffer): Buffer {
  const next = Buffer.from(header);
  next[9] = 3;
  return next;
}

function readChunks(png: Buffer): readonly Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = SIGNATURE.byteLength; at < png.byteLength;) {
    const length = png.readUInt32BE(at);
    const type = png.toString("latin1", at + 4, at + 8);
    chunks.push({ type, data: png.subarray(at + 8, at + 8 + length) });
    at += length + 12;
  }
  return chunks;
}

function writeChunk({ type, data }: Chunk): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.byteLength, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** Each line as it is, behind the number of the filter that changes nothing. */
function unfiltered(filtered: Buffer, lineLength: number, channels: number): Buffer {
  const lines = Buffer.from(filtered);
  const stride = lineLength + 1;
  for (let start = 0; start < lines.byteLength; start += stride) {
    const filter = lines[start] ?? 0;
    lines[start] = 0;
    for (let at = start + 1; at < start + stride; at += 1) {
      const left = at - start > channels ? (lines[at - channels] ?? 0) : 0;
      const above = start > 0 ? (lines[at - stride] ?? 0) : 0;
      const corner = start > 0 && at - start > channels ? (lines[at - stride - channels] ?? 0) : 0;
      lines[at] = (lines[at] ?? 0) + predicted(filter, left, above, corner);
    }
  }
  return lines;
}

function predicted(filter: number, left: number, above: number, corner: number): number {
  switch (filter) {
    case 1:
      return left;
    case 2:
      return above;
    case 3:
      return Math.floor((left + above) / 2);
    case 4:
      return paeth(left, above, corner);
    default:
      return 0;
  }
}

function paeth(left: number, above: number, corner: number): number {
  const guess = left + above - corner;
  const [a, b, c] = [left, above, corner].map((one) => Math.abs(guess - one));
  if (a === undefined || b === undefined || c === undefined) return 0;
  if (a <= b && a <= c) return left;
  return b <= c ? above : corner;
}
