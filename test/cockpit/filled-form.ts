/** What a form of a page sends when nothing is changed in it; null: the page has no form of that id. */
export interface FilledForm {
  readonly action: string;
  readonly fields: Readonly<Record<string, string>>;
}

export function formIn(page: string, id: string): FilledForm | null {
  const forms = page.match(/<form\b[\s\S]*?<\/form>/g) ?? [];
  const found = forms.find((one) => new RegExp(`^<form\\b[^>]*\\sid="${id}"`).test(one));
  if (found === undefined) return null;
  const fields: Record<string, string> = {};
  for (const [tag] of found.matchAll(/<input\b[^>]*>/g)) {
    const name = attribute(tag, "name");
    if (name !== null) fields[name] = attribute(tag, "value") ?? "";
  }
  // The line break that follows the tag is none of the text.
  for (const [, tag = "", text = ""] of found.matchAll(/(<textarea\b[^>]*>)([\s\S]*?)<\/textarea>/g)) {
    fields[attribute(tag, "name") ?? ""] = decode(text.replace(/^\n/, ""));
  }
  for (const [, tag = "", options = ""] of found.matchAll(/(<select\b[^>]*>)([\s\S]*?)<\/select>/g)) {
    const all = [...options.matchAll(/<option\b[^>]*>/g)].map(([option]) => option);
    const chosen = all.find((option) => /\sselected\b/.test(option)) ?? all[0] ?? "";
    fields[attribute(tag, "name") ?? ""] = attribute(chosen, "value") ?? "";
  }
  return { action: attribute(found.slice(0, found.indexOf(">") + 1), "action") ?? "", fields };
}

/** The text of a page, as people read it. */
export function textOf(page: string): string {
  return decode(page.replaceAll(/<[^>]*>/g, " ").replaceAll(/\s+/g, " "));
}

function attribute(tag: string, name: string): string | null {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  return value === undefined ? null : decode(value);
}

function decode(text: string): string {
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");
}
