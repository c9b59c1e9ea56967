import type { Protection } from "../protection.ts";
import { INTAKE_PROTECTIONS } from "./intake.ts";

/** Every protection that is switched off to see its test fail. */
export const PROTECTIONS: readonly Protection[] = [...INTAKE_PROTECTIONS];
