import * as z from "zod";
import { policyFile } from "./schema.ts";

/** Where the generated schema stands in this repository; a test compares the two. */
export const POLICY_SCHEMA_FILE = "docs/policy.schema.json";
/** Writes it again. */
export const POLICY_SCHEMA_COMMAND = `npm run --silent holdpoint -- policy schema > ${POLICY_SCHEMA_FILE}`;

/**
 * The JSON Schema (draft 2020-12) of the policy file as text. It knows keys, types, choices and limits; what
 * names may look like and what must fit together only `parsePolicy` knows.
 */
export function createPolicySchema(): string {
  const schema = z.toJSONSchema(policyFile, {
    target: "draft-2020-12",
    io: "input",
    override({ jsonSchema }) {
      // “{}” as a default tells an editor's user nothing: what is inside has defaults of its own.
      if (JSON.stringify(jsonSchema.default) === "{}") delete jsonSchema.default;
    },
  });
  const { $schema, ...rest } = schema;
  const file = {
    $schema,
    $comment: `Generated: ${POLICY_SCHEMA_COMMAND}`,
    title: "Holdpoint policy",
    ...rest,
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}
