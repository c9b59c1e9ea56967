import * as fc from "fast-check";
import { isDeliveryId } from "../../../src/domain/brands.ts";
import { subjectsOf } from "../../../src/domain/event.ts";
import type { DeliveryId } from "../../../src/domain/model.ts";
import { USED_EVENTS } from "../../../src/ingress/app.ts";
import { createTranslator } from "../../../src/ingress/create-translator.ts";
import { translateDelivery } from "../../../src/ingress/translate-delivery.ts";
import type { StoredDelivery } from "../../../src/store/delivery.ts";
import { readExamples } from "../../ingress/examples.ts";
import { mutatedBytes } from "../mutate.ts";
import { createTarget } from "../target.ts";

const APP_ID = 4711;
/** Every event that Holdpoint uses, with an installation; and Jira's. */
const EXAMPLES = readExamples()
  .filter(({ name }) => USED_EVENTS.some((used) => used === name))
  .map(({ name, payload }) => ({ name, text: JSON.stringify({ installation: { id: 9 }, ...payload }) }));
const JIRA = [
  '{"webhookEvent":"jira:issue_updated","issue":{"key":"PLAY-1"},"changelog":{"items":[{"field":"Key","fromString":"OPS-1"}]}}',
  '{"webhookEvent":"jira:issue_deleted","issue":{"key":"PLAY-1"}}',
];
const EVENTS = [...new Set([...EXAMPLES.map(({ name }) => name), "ping", "constructor", "__proto__"])];
/** The bound of payloads that are promised not to block. */
const LIMIT = { limit: 1_000_000, grownOneIn: 60 };

/** A value at some place of the payload replaced: what byte-level changes hardly ever get right. */
const misshapen = fc
  .tuple(
    fc.constantFrom(...EXAMPLES),
    fc.nat(),
    fc.jsonValue(),
    fc.constantFrom("replace", "remove", "rename"),
  )
  .map(([{ name, text }, place, value, how]) => {
    const root: unknown = JSON.parse(text);
    const [holder, key] = placeOf(root, place);
    if (how === "remove" || how === "rename") Reflect.deleteProperty(holder, key);
    if (how === "rename") Reflect.set(holder, "__proto__ ".trim() === key ? "x" : `${key}_`, value);
    if (how === "replace") Reflect.set(holder, key, value);
    return { source: "github" as const, event: name, body: Buffer.from(JSON.stringify(root)) };
  });

function placeOf(root: unknown, place: number): readonly [holder: object, key: string] {
  const places: (readonly [holder: object, key: string])[] = [];
  function collect(holder: unknown): void {
    if (typeof holder !== "object" || holder === null) return;
    for (const [key, child] of Object.entries(holder)) {
      places.push([holder, key]);
      collect(child);
    }
  }
  collect(root);
  return places[place % Math.max(1, places.length)] ?? [{}, "none"];
}

const bytes = fc
  .tuple(
    fc.constantFrom(...EVENTS),
    mutatedBytes(
      EXAMPLES.map(({ text }) => Buffer.from(text)),
      LIMIT,
    ),
  )
  .map(([event, body]) => ({ source: "github" as const, event, body }));
const jira = mutatedBytes(
  JIRA.map((text) => Buffer.from(text)),
  LIMIT,
).map((body) => ({ source: "jira" as const, event: "jira", body }));

const translate = await createTranslator({
  appId: APP_ID,
  privateKey: "no key: nobody is called",
  webhookSecret: "secret",
});

function deliveryOf({ source, event, body }: Given): StoredDelivery {
  return { id: idOf("fuzz"), source, event, appId: APP_ID, body, state: "received" };
}

function idOf(text: string): DeliveryId {
  if (!isDeliveryId(text)) throw new RangeError("a delivery's id is expected");
  return text;
}

interface Given {
  readonly source: "github" | "jira";
  readonly event: string;
  readonly body: Buffer;
}

export const payloads = createTarget<Given, Awaited<ReturnType<typeof translateDelivery>>>({
  name: "payloads",
  claim:
    "GitHub's own example payloads and Jira's, with bytes changed, values replaced, under other events' names, up to 1 MB: translated, ignored or refused, never an exception",
  inputs: fc.oneof(misshapen, misshapen, bytes, jira),
  act: (given) => translateDelivery({ appId: APP_ID, translate }, deliveryOf(given)),
  judge(_, translation) {
    if (translation.kind !== "events") {
      return translation.reason === "" || /[\n\r\0]/.test(translation.reason) ? "a reason is no line" : null;
    }
    const subjects = translation.events.flatMap(subjectsOf);
    return subjects.some((subject) => JSON.stringify(subject).length > 10_000)
      ? "a subject is too long"
      : null;
  },
  show: ({ source, event, body }) => JSON.stringify({ source, event, body: body.toString("latin1") }),
});
