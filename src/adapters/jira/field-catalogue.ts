import type { Clock } from "../../clock.ts";
import type { JiraClient, JiraResult } from "./client.ts";
import { isList, member, textMember } from "./json.ts";
import { unexpectedShape } from "./problem.ts";

/** A field of this Jira under a name that the policy uses. */
export interface FieldColumn {
  readonly id: string;
  /** The field holds several lines, which Data Center keeps as wiki markup. */
  readonly richText: boolean;
}

/** By wanted name: every field of that name. Names are not unique in Jira; none: no field is called so. */
export type FieldColumns = ReadonlyMap<string, readonly FieldColumn[]>;

export interface FieldCatalogue {
  readonly resolve: (names: readonly string[]) => Promise<JiraResult<FieldColumns>>;
}

/** Ids do not change; fields are added and renamed now and then. */
const FRESH = 3_600_000;
/** A name that nobody knows may belong to a field that was made a minute ago: look again, but not at every check. */
const LOOK_AGAIN = 120_000;

interface NamedField extends FieldColumn {
  readonly names: readonly string[];
}

/**
 * Field names to ids through one `GET /field`, kept for an hour. A list that cannot be renewed goes on
 * serving the names it knows: an id stays right; a name it does not know is then Jira's fault, not a missing field.
 */
export function createFieldCatalogue(client: JiraClient, clock: Clock): FieldCatalogue {
  let known: { readonly fields: readonly NamedField[]; readonly at: number } | null = null;
  let reading: Promise<JiraResult<readonly NamedField[]>> | null = null;

  async function refresh(): Promise<JiraResult<readonly NamedField[]>> {
    reading ??= readFields(client);
    try {
      const result = await reading;
      if (result.ok) known = { fields: result.value, at: clock.now().getTime() };
      return result;
    } finally {
      reading = null;
    }
  }

  return {
    async resolve(names) {
      if (names.length === 0) return { ok: true, value: new Map() };
      const age = known === null ? Infinity : clock.now().getTime() - known.at;
      const columns = known === null ? null : findColumns(known.fields, names);
      const complete = columns !== null && [...columns.values()].every((found) => found.length > 0);
      if (columns !== null && age < (complete ? FRESH : LOOK_AGAIN)) return { ok: true, value: columns };
      const result = await refresh();
      if (result.ok) return { ok: true, value: findColumns(result.value, names) };
      return complete ? { ok: true, value: columns } : result;
    },
  };
}

async function readFields(client: JiraClient): Promise<JiraResult<readonly NamedField[]>> {
  const result = await client.call({ method: "GET", path: "/field" });
  if (!result.ok) return result;
  if (!isList(result.value)) return { ok: false, problem: unexpectedShape("GET /field") };
  return { ok: true, value: result.value.flatMap((field) => readField(field) ?? []) };
}

const RICH_SYSTEM_FIELDS = new Set(["description", "environment"]);

function readField(raw: unknown): NamedField | null {
  const id = textMember(raw, "id");
  // The id goes into a query: nothing but what Jira's own ids are made of.
  if (id === null || !/^[A-Za-z][A-Za-z0-9_-]{0,99}$/.test(id)) return null;
  const names = [textMember(raw, "name"), textMember(raw, "untranslatedName"), id].filter(
    (name) => name !== null,
  );
  const kind = textMember(member(raw, "schema"), "custom") ?? "";
  return { id, names, richText: kind.endsWith(":textarea") || RICH_SYSTEM_FIELDS.has(id) };
}

/** As it is written first, else whatever the case: two fields may differ by case alone. */
function findColumns(fields: readonly NamedField[], wanted: readonly string[]): FieldColumns {
  return new Map(
    wanted.map((name) => {
      const exact = fields.filter((field) => field.names.includes(name));
      return [
        name,
        exact.length > 0
          ? exact
          : fields.filter((field) => field.names.some((own) => fold(own) === fold(name))),
      ];
    }),
  );
}

function fold(name: string): string {
  return name.trim().normalize("NFC").toLowerCase();
}
