import { parse } from "yaml";

/**
 * YAML that is not a policy (a workflow file, `app.yml`), as plain data; throws where it is none. Aliases are
 * refused: the text may be a stranger's.
 */
export function parsePlainYaml(text: string): unknown {
  return parse(text, { maxAliasCount: 0 });
}
