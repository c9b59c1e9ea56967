import { createHmac, timingSafeEqual } from "node:crypto";
import type { Person } from "../person.ts";

/** Stands in every form, and comes back with it: another site cannot know it. It lasts as long as the session. */
export function formToken({ sessionHash }: Pick<Person, "sessionHash">): string {
  return createHmac("sha256", sessionHash).update("form").digest("base64url");
}

export function isFormToken(person: Pick<Person, "sessionHash">, given: string): boolean {
  const [wanted, got] = [Buffer.from(formToken(person)), Buffer.from(given)];
  return wanted.length === got.length && timingSafeEqual(wanted, got);
}
