import { Hono } from "hono";
import type { CockpitDependencies } from "../cockpit-dependencies.ts";
import { notFound } from "../not-found.ts";
import type { CockpitEnvironment } from "../person.ts";
import { isFormToken } from "../session/form-token.ts";
import { readForm } from "../session/read-form.ts";
import { ownPath } from "../session/return-to.ts";
import { isSameOrigin } from "../session/same-origin.ts";
import { isAppearance, keepAppearance } from "./appearance.ts";

/** Light, dark, or like the system: kept in a cookie of its own, on this device. */
export function createAppearanceApp({
  publicUrl,
}: Pick<CockpitDependencies, "publicUrl">): Hono<CockpitEnvironment> {
  const app = new Hono<CockpitEnvironment>();
  app.post("/-/appearance", async (context) => {
    const person = context.get("person");
    const read = isSameOrigin(context, publicUrl()) ? await readForm(context) : null;
    if (read?.state !== "read" || !isFormToken(person, read.form.get("token") ?? "")) {
      return await notFound(context, person);
    }
    const mode = read.form.get("mode") ?? "";
    if (isAppearance(mode)) keepAppearance(context, mode, publicUrl().startsWith("https:"));
    return context.redirect(ownPath(read.form.get("return_to")), 303);
  });
  return app;
}
