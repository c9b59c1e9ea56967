import type { Json } from "../model.ts";

/** The arguments that every list takes. */
export interface Page {
  readonly first?: number | null;
  readonly last?: number | null;
  readonly after?: string | null;
  readonly orderBy?: { readonly field: string; readonly direction: "ASC" | "DESC" } | null;
}

export interface Connection {
  readonly totalCount: number;
  readonly nodes: readonly Json[];
  readonly pageInfo: Json;
}

/** A page of a list. GitHub refuses one without a limit, and more than a hundred. */
export function connectionOf<Item>(
  items: readonly Item[],
  { first, last, after }: Page,
  node: (item: Item) => Json,
): Connection {
  const size = first ?? last ?? null;
  if (size === null || size < 1 || size > 100) {
    throw new Error("a connection needs `first` or `last`, between 1 and 100");
  }
  const start = after === null || after === undefined ? 0 : readCursor(after);
  const from = first === null || first === undefined ? Math.max(start, items.length - size) : start;
  const page = items.slice(from, from + size);
  const end = from + page.length;
  return {
    totalCount: items.length,
    nodes: page.map(node),
    pageInfo: {
      hasNextPage: end < items.length,
      hasPreviousPage: from > 0,
      startCursor: page.length === 0 ? null : writeCursor(from),
      endCursor: page.length === 0 ? null : writeCursor(end),
    },
  };
}

function writeCursor(place: number): string {
  return Buffer.from(`cursor:${place}`).toString("base64");
}

function readCursor(cursor: string): number {
  const place = Number(Buffer.from(cursor, "base64").toString("latin1").replace("cursor:", ""));
  if (!Number.isSafeInteger(place)) throw new Error(`\`${cursor}\` does not appear to be a valid cursor.`);
  return place;
}
