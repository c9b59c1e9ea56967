import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { createStreams, type ReadVisible, type Streams } from "../../../src/cockpit/live/streams.ts";
import { type Heard, readEvents } from "./read-events.ts";

const LONG = 1_000_000;
const SEES = new Set([1, 2]);

function open(streams: Streams, session = "a", repositoryId: number | null = null): Heard {
  return readEvents(streams.open({ session, repositoryId }, SEES));
}

function streamsOf(
  readVisible: ReadVisible = async () => SEES,
  { heartbeat = LONG, gather = 0, perSession = 20, overall = 100 } = {},
): Streams {
  return createStreams(readVisible, { heartbeat, gather, perSession, overall });
}

describe("an event stream", () => {
  test("tells of a change, and says how soon to come again", async () => {
    const streams = streamsOf();
    const heard = open(streams);
    streams.tell(1);
    expect(await heard.until("data: 1\n\n")).toBe("retry: 1000\n\nevent: change\ndata: 1\n\n");
    streams.endAll();
  });

  test("tells of many changes at once, each repository once", async () => {
    const streams = streamsOf(undefined, { gather: 5 });
    const heard = open(streams);
    for (const id of [1, 2, 1, 1, 2]) streams.tell(id);
    expect(await heard.until("data: 2\n\n")).toBe(
      "retry: 1000\n\nevent: change\ndata: 1\n\nevent: change\ndata: 2\n\n",
    );
    streams.endAll();
  });

  test("tells that something may have been missed, instead of all else", async () => {
    const streams = streamsOf();
    const heard = open(streams, "a", 1);
    streams.tell(1);
    streams.tell(null);
    streams.tell(1);
    expect(await heard.until("data: all\n\n")).toBe("retry: 1000\n\nevent: change\ndata: all\n\n");
    streams.endAll();
  });

  test("REL-76: tells nothing of what its person may not see, nor of another repository than it is about", async () => {
    const streams = streamsOf();
    const everything = open(streams);
    const first = open(streams, "a", 1);
    streams.tell(3);
    streams.tell(2);
    streams.tell(1);
    expect(await everything.until("data: 1\n\n")).not.toContain("data: 3");
    expect(await first.until("data: 1\n\n")).toBe("retry: 1000\n\nevent: change\ndata: 1\n\n");
    streams.endAll();
  });

  test("shows that it lives, and asks about each session once", async () => {
    const asked: string[] = [];
    const streams = streamsOf(
      async (session) => {
        asked.push(session);
        return SEES;
      },
      { heartbeat: 5 },
    );
    const both = [open(streams, "a"), open(streams, "a", 1)];
    await Promise.all(both.map((heard) => heard.until(": still here\n\n")));
    expect(asked.length).toBeLessThanOrEqual(2);
    streams.endAll();
  });

  test("REL-76: ends when the session is over, or the repository is not theirs any more", async () => {
    const left = new Map<string, ReadonlySet<number> | null>([
      ["over", null],
      ["less", new Set([2])],
    ]);
    const streams = streamsOf(async (session) => left.get(session) ?? null, { heartbeat: 5 });
    const over = open(streams, "over");
    const gone = open(streams, "less", 1);
    const stays = open(streams, "less", 2);
    expect(await over.ended()).toBe("retry: 1000\n\n");
    expect(await gone.ended()).toBe("retry: 1000\n\n");
    await stays.until(": still here\n\n");
    expect(streams.count()).toBe(1);
    streams.endAll();
  });

  test("REL-76: a change that waits to be told is not, once the repository is not theirs", async () => {
    let sees: ReadonlySet<number> = SEES;
    const streams = streamsOf(async () => sees, { heartbeat: 2, gather: 100 });
    const heard = open(streams);
    streams.tell(1);
    sees = new Set([2]);
    await heard.until(": still here\n\n");
    streams.tell(2);
    expect(await heard.until("data: 2\n\n")).not.toContain("data: 1");
    streams.endAll();
  });

  test("is refused where there are too many of one session, or of all", async () => {
    const streams = streamsOf(undefined, { perSession: 2, overall: 3 });
    open(streams, "a");
    const second = open(streams, "a");
    expect(streams.open({ session: "a", repositoryId: null }, SEES)).toBeNull();
    open(streams, "b");
    expect(streams.open({ session: "c", repositoryId: null }, SEES)).toBeNull();
    await second.leave();
    expect(streams.count()).toBe(2);
    expect(streams.open({ session: "a", repositoryId: null }, SEES)).not.toBeNull();
    streams.endAll();
  });

  test("of a browser that takes nothing any more ends, and is kept no longer", async () => {
    const streams = streamsOf(undefined, { heartbeat: 1 });
    const asleep = streams.open({ session: "a", repositoryId: null }, SEES);
    while (streams.count() > 0) await pause(1);
    const { length } = await readEvents(asleep).ended();
    expect(length).toBeLessThan(2_000);
  });
});
