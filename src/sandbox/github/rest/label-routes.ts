import { z } from "zod";
import { addLabel, emitLabel, findLabel } from "../issues.ts";
import type { Label } from "../model.ts";
import { notFound, Refusal } from "../refusal.ts";
import { renderLabel } from "../render/issue.ts";
import {
  created,
  NO_CONTENT,
  ok,
  paged,
  readBody,
  repositoryRoute,
  type RepositoryCall,
  type Route,
} from "./call.ts";

const newLabel = z.object({
  name: z.string(),
  color: z.string().optional(),
  description: z.string().nullish(),
});
const labelEdit = z.object({
  new_name: z.string().optional(),
  color: z.string().optional(),
  description: z.string().nullish(),
});

/** The labels of a repository; an issue's are with the issues. */
export const labelRoutes: readonly Route[] = [
  repositoryRoute("issues", "GET", "/labels", (call) =>
    paged(call, [...call.repository.labels.values()], (label) =>
      renderLabel(call.world, call.repository, label),
    ),
  ),
  repositoryRoute("issues", "POST", "/labels", (call) => {
    const { world, repository, actor } = call;
    const label = addLabel(world, repository, actor, readBody(call, newLabel));
    return created(renderLabel(world, repository, label));
  }),
  repositoryRoute("issues", "GET", "/labels/:name{.+}", (call) =>
    ok(renderLabel(call.world, call.repository, find(call))),
  ),
  repositoryRoute("issues", "PATCH", "/labels/:name{.+}", (call) => {
    const { world, repository, actor } = call;
    const label = find(call);
    const wanted = readBody(call, labelEdit);
    const taken = wanted.new_name === undefined ? null : findLabel(repository, wanted.new_name);
    if (taken !== null && taken !== label) {
      throw new Refusal(422, "Validation Failed", {
        errors: [{ resource: "Label", code: "already_exists", field: "name" }],
      });
    }
    const changes = { name: { from: label.name } };
    label.name = wanted.new_name ?? label.name;
    label.color = wanted.color ?? label.color;
    label.description = wanted.description === undefined ? label.description : wanted.description;
    emitLabel(world, repository, actor, label, "edited", { changes });
    return ok(renderLabel(world, repository, label));
  }),
  repositoryRoute("issues", "DELETE", "/labels/:name{.+}", (call) => {
    const label = find(call);
    call.repository.labels.delete(label.id);
    for (const issue of call.repository.issues.values()) issue.labels.delete(label.id);
    emitLabel(call.world, call.repository, call.actor, label, "deleted");
    return NO_CONTENT;
  }),
];

function find(call: RepositoryCall): Label {
  const label = findLabel(call.repository, call.parameter("name"));
  if (label === null) throw notFound();
  return label;
}
