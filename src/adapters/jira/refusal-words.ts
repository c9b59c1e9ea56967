import { cutText } from "./cut-text.ts";
import { isRecord, listMember, member } from "./json.ts";

const LONGEST = 500;

/** `{"errorMessages": [...], "errors": {"customfield_10010": "..."}}` as one text; null where it says nothing. */
export function refusalWords(body: unknown): string | null {
  const errors = member(body, "errors");
  const said = [
    ...(listMember(body, "errorMessages") ?? []),
    ...(isRecord(errors) ? Object.values(errors) : []),
  ];
  const texts = said.filter((one) => typeof one === "string").map((one) => one.trim());
  const words = [...new Set(texts)].filter((one) => one !== "").join(" ");
  return words === "" ? null : cutText(words.replaceAll(/\s+/g, " "), LONGEST);
}
