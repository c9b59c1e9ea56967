import { afterEach, beforeEach, expect, test } from "vitest";
import { Fault } from "../../src/errors.ts";
import { collectFailedDeliveries } from "../../src/handlers/collect-failed-deliveries.ts";
import type { GitHub } from "../../src/ports/github.ts";
import { type HandlerTest, openHandlerTest } from "./small-github.ts";

let given: HandlerTest;
beforeEach(async () => {
  given = await openHandlerTest();
});
afterEach(() => given.db.drop());

const FORGOTTEN = new Fault({
  kind: "never-retry",
  code: "github-refused",
  doing: "asking again",
  status: 404,
});
const AWAY = new Fault({ kind: "retry-later", code: "github-unreachable", doing: "asking again" });

/** Asks for three deliveries, of which the second is refused with that fault. */
async function collect(fault: Fault): Promise<readonly number[]> {
  const asked: number[] = [];
  const github: GitHub = {
    ...given.dependencies.github,
    listFailedDeliveries: () => Promise.resolve([1, 2, 3].map((id) => ({ id, guid: `guid-${id}` }))),
    redeliver: (id) => {
      if (id === 2) return Promise.reject(fault);
      asked.push(id);
      return Promise.resolve();
    },
  };
  await collectFailedDeliveries({ ...given.dependencies, github });
  return asked;
}

test("one that GitHub has forgotten keeps no other from being asked for", async () => {
  expect(await collect(FORGOTTEN)).toEqual([1, 3]);
});

test("a GitHub that is away is tried again later", async () => {
  await expect(collect(AWAY)).rejects.toBe(AWAY);
});
