import { isDeliveryId } from "../../src/domain/brands.ts";
import { createTranslator } from "../../src/ingress/create-translator.ts";
import { translateDelivery } from "../../src/ingress/translate-delivery.ts";
import type { Translation } from "../../src/ingress/translation.ts";
import { exampleOf } from "../ingress/examples.ts";
import { fill } from "./mutate.ts";

const APP_ID = 4711;

export interface LargeBody {
  readonly name: string;
  readonly event: string;
  readonly body: Buffer;
}

/** Bodies of a size that are hard for what reads JSON, and those that GitHub really makes large. */
export function bodiesOf(size: number): readonly LargeBody[] {
  const room = size - 20_000;
  return [
    ["one text", "push", "x", `"${fill("a", room)}"`],
    ["a text of escapes", "push", "x", `"${fill("\\u0041", Math.floor(room / 6) * 6)}"`],
    ["lists in lists", "push", "x", `${fill("[", room / 2)}${fill("]", room / 2)}`],
    ["many keys", "push", "x", `{${listOf((index) => `"k${String(index)}":1`, room)}}`],
    ["numbers", "push", "x", `[${listOf((index) => String(index / 7), room)}]`],
    ["commits", "push", "commits", `[${listOf(commit, room)}]`],
    ["pull requests", "check_run", "x", `[${listOf((index) => `{"number":${String(index)}}`, room)}]`],
    ["branches", "status", "branches", `[${listOf((index) => `{"name":"b${String(index)}"}`, room)}]`],
    ["no JSON, almost to its end", "push", "x", `"${fill("a", room)}`],
  ].map(([name = "", event = "", key = "", value = ""]) => {
    const { [key]: _left, ...example } = exampleOf(event);
    return { name, event, body: Buffer.from(`${JSON.stringify(example).slice(0, -1)},"${key}":${value}}`) };
  });
}

function commit(index: number): string {
  const id = index.toString(16).padStart(40, "0");
  return `{"id":"${id}","message":"PLAY-${String(index)}: one","author":{"name":"a"},"added":["a"],"distinct":true}`;
}

function listOf(make: (index: number) => string, size: number): string {
  const items: string[] = [];
  for (let length = 0; length < size; length += (items.at(-1)?.length ?? 0) + 1)
    items.push(make(items.length));
  return items.slice(0, -1).join(",");
}

const translate = await createTranslator({
  appId: APP_ID,
  privateKey: "no key: nobody is called",
  webhookSecret: "secret",
});

/** As a stored delivery is translated, without the database. */
export async function translateBody(event: string, body: Buffer): Promise<Translation> {
  const id = "large";
  if (!isDeliveryId(id)) throw new RangeError("a delivery's id is expected");
  return translateDelivery(
    { appId: APP_ID, translate },
    { id, source: "github", event, appId: APP_ID, body, state: "received" },
  );
}
