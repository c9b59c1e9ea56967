import { type Context, Hono } from "hono";
import type { TicketKey } from "../../domain/model.ts";
import type { StoredRequest, Wish } from "../../domain/requests/request.ts";
import { isTicketKey } from "../../domain/tickets/key.ts";
import * as wording from "../../domain/wording/cockpit/mending.ts";
import { findRequest } from "../../store/request.ts";
import type { CockpitDependencies } from "../cockpit-dependencies.ts";
import { findVisible } from "../find-visible.ts";
import { notFound } from "../not-found.ts";
import type { CockpitEnvironment, Person, VisibleRepository } from "../person.ts";
import { awaitRequest, sendRequest } from "../requests/send-request.ts";
import { refuse } from "../session/refuse.ts";
import { readWriteGround, type WriteGround } from "../session/write-ground.ts";
import { noKeyPage } from "./no-key-page.ts";
import { mendingAddress, repositoryAddress } from "./mending-address.ts";
import { mendingPage } from "./mending-page.ts";
import { readMending } from "./read-mending.ts";
import { readAttachWish, readDetachWish, readFillWish, readMoveWish } from "./read-wish.ts";

type Asked = Context<CockpitEnvironment>;

/** Filling in, moving on, attaching: each form is a wish in the person's name, and leads to what became of it. */
export function createMendingApp(dependencies: CockpitDependencies): Hono<CockpitEnvironment> {
  const app = new Hono<CockpitEnvironment>();

  app.get("/:owner/:repo/mend/:key", async (context) => {
    const person = context.get("person");
    const repository = await findVisible(dependencies, person, context.req.param());
    const key = context.req.param("key");
    if (repository === null || !isTicketKey(key)) return await notFound(context, person);
    const mending = await readMending(dependencies, repository, key);
    if (mending === null) return await notFound(context, person);
    const environment = context.req.query("environment") ?? null;
    const request = await findOwnRequest(
      dependencies,
      { person, repository, key },
      context.req.query("request"),
    );
    return await mendingPage(context, { repository, person, key, mending, environment, request });
  });

  app.post("/:owner/:repo/mend/fields", (context) => mend(dependencies, context, readFillWish));
  app.post("/:owner/:repo/mend/move", (context) => mend(dependencies, context, readMoveWish));

  app.post("/:owner/:repo/mend/attach", async (context) => {
    const ground = await readWriteGround(dependencies, context);
    if (ground instanceof Response) return ground;
    const read = readAttachWish(ground.form);
    if (read.state === "malformed") return await refuseMalformed(context, ground);
    if (read.state === "no-key") return await noKeyPage(dependencies, context, ground, read.sha);
    return await sendAndShow(dependencies, context, ground, read.wish);
  });

  app.post("/:owner/:repo/mend/detach", async (context) => {
    const ground = await readWriteGround(dependencies, context);
    if (ground instanceof Response) return ground;
    const wish = readDetachWish(ground.form);
    if (wish === null) return await refuseMalformed(context, ground);
    return await sendAndShow(dependencies, context, ground, wish);
  });

  return app;
}

async function mend(
  dependencies: CockpitDependencies,
  context: Asked,
  read: (form: WriteGround["form"]) => Wish | null,
): Promise<Response> {
  const ground = await readWriteGround(dependencies, context);
  if (ground instanceof Response) return ground;
  const wish = read(ground.form);
  if (wish === null) return await refuseMalformed(context, ground);
  return await sendAndShow(dependencies, context, ground, wish);
}

/** What was taken is seen where it counts, on the repository's page; what was not goes on in the form, with what was typed. */
async function sendAndShow(
  dependencies: CockpitDependencies,
  context: Asked,
  { person, repository, form }: WriteGround,
  wish: Wish,
): Promise<Response> {
  const id = await sendRequest(dependencies, { person, repository, wish });
  const came = await awaitRequest(dependencies, id);
  const shown = { environment: form.get("environment") ?? null, request: id };
  const isTicket = wish.kind === "fill-fields" || wish.kind === "move-ticket";
  if (isTicket && came?.state !== "done") {
    return context.redirect(mendingAddress(repository.facts, wish.ticket, shown), 303);
  }
  const hash = isTicket ? `ticket-${wish.ticket}` : "main";
  return context.redirect(repositoryAddress(repository.facts, { ...shown, hash }), 303);
}

async function refuseMalformed(context: Asked, { person }: WriteGround): Promise<Response> {
  return await refuse(context, person, 400, wording.formMalformedTitle(), wording.formMalformed());
}

/** Their own, of this ticket; anybody else's is as good as none. */
async function findOwnRequest(
  { database }: Pick<CockpitDependencies, "database">,
  { person, repository, key }: { person: Person; repository: VisibleRepository; key: TicketKey },
  asked: string | undefined,
): Promise<StoredRequest | null> {
  if (asked === undefined || !/^[0-9]{1,15}$/.test(asked)) return null;
  const request = await findRequest(database, Number(asked));
  if (request === null || request.repositoryId !== repository.facts.id) return null;
  const { by, wish } = request;
  return by.id === person.id && "ticket" in wish && wish.ticket === key ? request : null;
}
