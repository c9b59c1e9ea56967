import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import type { GitObject, ObjectType } from "./object-store.ts";

/** The packs of one objects folder, read whole: a process for each object would take a thousand times as long. */
export interface Packs {
  readonly read: (sha: string) => GitObject | null;
  /** New packs came. */
  readonly refresh: () => void;
}

interface Pack {
  readonly index: Buffer;
  readonly pack: Buffer;
}

const FANOUT = 8;
const NAMES = FANOUT + 256 * 4;
const TYPES: ReadonlyMap<number, ObjectType> = new Map([
  [1, "commit"],
  [2, "tree"],
  [3, "blob"],
  [4, "tag"],
]);
const DELTA_BY_OFFSET = 6;
const DELTA_BY_NAME = 7;

/** https://git-scm.com/docs/gitformat-pack, version 2 of both files. */
export function createPacks(objects: string): Packs {
  let packs: readonly Pack[] | null = null;

  function load(): readonly Pack[] {
    const folder = join(objects, "pack");
    return readdirSync(folder)
      .filter((name) => name.endsWith(".idx"))
      .map((name) => ({
        index: readFileSync(join(folder, name)),
        pack: readFileSync(join(folder, name.replace(/\.idx$/, ".pack"))),
      }));
  }

  function read(sha: string): GitObject | null {
    packs ??= load();
    for (const pack of packs) {
      const offset = findOffset(pack.index, Buffer.from(sha, "hex"));
      if (offset !== null) return readAt(pack, offset);
    }
    return null;
  }

  function readAt({ index, pack }: Pack, start: number): GitObject {
    const { type, size, offset } = readHeader(pack, start);
    const known = TYPES.get(type);
    if (known !== undefined) return { type: known, content: inflate(pack, offset, size) };
    if (type === DELTA_BY_OFFSET) {
      const { distance, next } = readDistance(pack, offset);
      const base = readAt({ index, pack }, start - distance);
      return { type: base.type, content: applyDelta(base.content, inflate(pack, next, size)) };
    }
    if (type !== DELTA_BY_NAME) throw new Error(`a packed object has the unknown type ${type}`);
    const base = read(pack.subarray(offset, offset + 20).toString("hex"));
    if (base === null) throw new Error("the base of a packed object is missing");
    return { type: base.type, content: applyDelta(base.content, inflate(pack, offset + 20, size)) };
  }

  return {
    read,
    refresh: () => {
      packs = null;
    },
  };
}

function findOffset(index: Buffer, sha: Buffer): number | null {
  const first = sha[0] ?? 0;
  const count = index.readUInt32BE(FANOUT + 255 * 4);
  let low = first === 0 ? 0 : index.readUInt32BE(FANOUT + (first - 1) * 4);
  let high = index.readUInt32BE(FANOUT + first * 4);
  while (low < high) {
    const middle = (low + high) >> 1;
    const at = NAMES + middle * 20;
    const order = index.compare(sha, 0, 20, at, at + 20);
    if (order === 0) return readOffset(index, count, middle);
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return null;
}

/** After the names come their checksums, then the offsets; a pack of 2 GB and more has them elsewhere, and is none of ours. */
function readOffset(index: Buffer, count: number, place: number): number {
  const offset = index.readUInt32BE(NAMES + count * 24 + place * 4);
  if (offset >= 0x80000000) throw new Error("a pack of more than 2 GB cannot be read here");
  return offset;
}

function readHeader(pack: Buffer, start: number): { type: number; size: number; offset: number } {
  let offset = start;
  let byte = pack.readUInt8(offset);
  const type = (byte >> 4) & 7;
  let size = byte & 15;
  for (let scale = 16; byte & 128; scale *= 128) {
    offset += 1;
    byte = pack.readUInt8(offset);
    size += (byte & 127) * scale;
  }
  return { type, size, offset: offset + 1 };
}

function readDistance(pack: Buffer, start: number): { distance: number; next: number } {
  let offset = start;
  let byte = pack.readUInt8(offset);
  let distance = byte & 127;
  while (byte & 128) {
    offset += 1;
    byte = pack.readUInt8(offset);
    distance = (distance + 1) * 128 + (byte & 127);
  }
  return { distance, next: offset + 1 };
}

/** What is packed is at most a little longer than what it holds. */
function inflate(pack: Buffer, offset: number, size: number): Buffer {
  const packed = pack.subarray(offset, offset + size + Math.ceil(size / 1_000) + 64);
  // The default buffer of 16 KB for each small object would cost more than the work itself.
  const content = inflateSync(packed, { chunkSize: Math.max(64, size) });
  if (content.byteLength !== size) throw new Error("a packed object is not as long as it says");
  return content;
}

function applyDelta(base: Buffer, delta: Buffer): Buffer {
  let place = 0;
  function readSize(): number {
    let size = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = delta.readUInt8(place);
      place += 1;
      size += (byte & 127) * scale;
      if ((byte & 128) === 0) return size;
    }
  }
  function readBytes(mask: number, most: number): number {
    let value = 0;
    for (let index = 0; index < most; index += 1) {
      if ((mask & (1 << index)) === 0) continue;
      value += delta.readUInt8(place) * 256 ** index;
      place += 1;
    }
    return value;
  }
  readSize();
  const parts: Buffer[] = [];
  const size = readSize();
  while (place < delta.byteLength) {
    const instruction = delta.readUInt8(place);
    place += 1;
    if ((instruction & 128) === 0) {
      parts.push(delta.subarray(place, place + instruction));
      place += instruction;
      continue;
    }
    const offset = readBytes(instruction & 15, 4);
    const length = readBytes((instruction >> 4) & 7, 3);
    parts.push(base.subarray(offset, offset + (length === 0 ? 65_536 : length)));
  }
  return Buffer.concat(parts, size);
}
