import type { z } from "zod";
import type { RepositoryFacts } from "../domain/model.ts";
import { notForAnInstallation } from "../domain/wording/ingress.ts";
import * as payloads from "./payloads.ts";
import { ignored, translate, type Translation } from "./translation.ts";

/** Translates what happened in a repository that the App is installed on. */
export function inRepository<Payload extends payloads.InRepository>(
  name: string,
  schema: z.ZodType<Payload>,
  payload: unknown,
  translateFitting: (payload: Payload, repository: RepositoryFacts) => Translation,
): Translation {
  return translate(name, schema, payload, (fitting) => {
    const repository = payloads.repositoryOf(fitting);
    return repository === null ? ignored(notForAnInstallation()) : translateFitting(fitting, repository);
  });
}
