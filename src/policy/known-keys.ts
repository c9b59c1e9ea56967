import * as z from "zod";
import { policyFile } from "./schema.ts";
import { findSimilar } from "./similar-key.ts";
import type { Steps } from "./source-node.ts";

/** The keys that the schema knows at a place; none where the keys are the user's own. */
export function knownKeysAt(steps: Steps): readonly string[] {
  return shapesAt([policyFile], steps).flatMap((shape) => Object.keys(shape));
}

/** Where else a key is known, or one much like it; null unless one place is nearer to the top than the others. */
export function findHomeOf(given: string): { readonly key: string; readonly parent: string } | null {
  const key = findSimilar(given, NESTED_NAMES);
  const places = NESTED_KEYS.filter((home) => home.key === key).map(({ parents }) => parents);
  const least = Math.min(...places.map((parents) => parents.length));
  const [parents, ...others] = places.filter((place) => place.length === least);
  return key === null || parents === undefined || others.length > 0
    ? null
    : { key, parent: parents.join(".") };
}

function shapesAt(schemas: readonly unknown[], steps: Steps): readonly Readonly<Record<string, unknown>>[] {
  let found = schemas.flatMap(unwrap);
  for (const step of steps) {
    found = found.flatMap((schema) => stepInto(schema, step)).flatMap(unwrap);
  }
  return found.flatMap((schema) => (schema instanceof z.ZodObject ? [schema.shape] : []));
}

function stepInto(schema: unknown, step: PropertyKey): readonly unknown[] {
  if (schema instanceof z.ZodObject) {
    const shape: Readonly<Record<string, unknown>> = schema.shape;
    return Object.hasOwn(shape, step) ? [shape[String(step)]] : [];
  }
  if (schema instanceof z.ZodRecord) return [schema.valueType];
  if (schema instanceof z.ZodArray) return [schema.element];
  return [];
}

/** What is checked in the end, without defaults and transformations; every option of a union. */
function unwrap(schema: unknown): readonly unknown[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
    return unwrap(schema.def.innerType);
  }
  if (schema instanceof z.ZodPipe) return unwrap(schema.in);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(unwrap);
  return [schema];
}

interface KnownKey {
  readonly key: string;
  readonly parents: readonly string[];
}

/** All keys below the top; those in maps whose keys are the user's own have no address to name. */
function collectKeys(schema: unknown, parents: readonly string[]): readonly KnownKey[] {
  return unwrap(schema).flatMap((inner) => {
    if (inner instanceof z.ZodArray) return collectKeys(inner.element, parents);
    if (!(inner instanceof z.ZodObject)) return [];
    const shape: Readonly<Record<string, unknown>> = inner.shape;
    return Object.entries(shape).flatMap(([key, child]) => {
      const own = parents.length === 0 ? [] : [{ key, parents }];
      return [...own, ...collectKeys(child, [...parents, key])];
    });
  });
}

// The schema does not change: walking it once per unknown key was half of what explaining a hundred cost.
const NESTED_KEYS = collectKeys(policyFile, []);
const NESTED_NAMES = [...new Set(NESTED_KEYS.map(({ key }) => key))];
