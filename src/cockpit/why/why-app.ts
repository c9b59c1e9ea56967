import { type Context, Hono } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { createAllowance } from "../../allowance.ts";
import { isCommitSha } from "../../domain/brands.ts";
import { whyPath } from "../../domain/cockpit-paths.ts";
import type { CommitSha, Reading, RepositoryFacts } from "../../domain/model.ts";
import * as wording from "../../domain/wording/cockpit/why.ts";
import { readFact } from "../../snapshot/reading.ts";
import { createShownGates } from "../../snapshot/shown-gates.ts";
import { findDeployHead } from "../../store/subject.ts";
import type { CockpitDependencies } from "../cockpit-dependencies.ts";
import { findVisible } from "../find-visible.ts";
import { notFound } from "../not-found.ts";
import type { CockpitEnvironment, VisibleRepository } from "../person.ts";
import { readEnvironments } from "../read-environments.ts";
import { blank } from "../view/empty.ts";
import { type Html, html, NOTHING } from "../view/html.ts";
import { notice } from "../view/notice.ts";
import { renderPage } from "../view/page.ts";
import { panel } from "../view/panel.ts";
import { readFindingLinks } from "./read-finding-links.ts";
import { type ReadQuestion, readWhyQuestion } from "./read-why-question.ts";
import { whyAnswer } from "./why-answer.ts";
import { whyForm } from "./why-form.ts";

const MINUTE = 60_000;
/** What one person may ask in a minute: each commit that was not judged just now makes Holdpoint read GitHub and Jira. */
const QUESTIONS = 30;
const REMEMBERED = 10_000;

type WhyContext = Context<CockpitEnvironment>;
type Asked = Extract<ReadQuestion, { readonly state: "asked" }>;

/** What the gate says of any commit, and why: evaluated without acting. */
export function createWhyApp(dependencies: CockpitDependencies): Hono<CockpitEnvironment> {
  const { database, clock, gate, github, publicUrl } = dependencies;
  const questions = createAllowance({ limit: QUESTIONS, window: MINUTE, remembered: REMEMBERED, clock });
  const gates = createShownGates(dependencies);
  const app = new Hono<CockpitEnvironment>();

  app.get("/:owner/:repo/why", async (context) => {
    const person = context.get("person");
    const repository = await findVisible(dependencies, person, context.req.param());
    if (repository === null) return await notFound(context, person);
    const read = readWhyQuestion(new URL(context.req.url).searchParams);
    if (read.state === "empty")
      return await page(context, repository, read, await nothingAsked(repository.facts));
    if (read.state === "wrong") return await page(context, repository, read, NOTHING, 400);
    const wait = questions.waitFor(String(person.id));
    if (wait !== null) {
      context.header("retry-after", String(wait));
      const body = { title: wording.askedTooOften(), body: wording.askedTooOftenWhy(wait) };
      return await page(context, repository, read, notice({ tone: "attention", ...body }), 429);
    }
    // Before it is asked, so that many at once are not more than that.
    questions.spend(String(person.id));
    return isCommitSha(read.sha)
      ? await answer(context, repository, read, read.sha)
      : await resolve(context, repository, read);
  });

  /** The address with the whole sha means the same commit for ever. */
  async function resolve(context: WhyContext, repository: VisibleRepository, read: Asked): Promise<Response> {
    const { facts } = repository;
    const found = await readFact<CommitSha>(() => github.resolveCommit(facts, read.sha));
    if (found.state === "known") return context.redirect(whyPath(facts, { ...read, sha: found.value }));
    return await page(context, repository, read, ...unresolved(found, read.sha));
  }

  async function answer(
    context: WhyContext,
    repository: VisibleRepository,
    read: Asked,
    sha: CommitSha,
  ): Promise<Response> {
    const { environment, intent } = read;
    const asked = await gate.ask({ repository: { id: repository.facts.id }, environment, sha, intent });
    if (asked.state === "no-such-repository") {
      const body = wording.nothingGoesOutWhy();
      return await page(
        context,
        repository,
        read,
        notice({ tone: "muted", title: wording.nothingGoesOut(), body }),
        409,
      );
    }
    const links = await readFindingLinks(dependencies, repository, asked.facts.environment);
    const shown = whyAnswer(asked.facts, asked.answer, { links, publicUrl: publicUrl() });
    return await page(context, repository, read, shown);
  }

  async function nothingAsked(facts: RepositoryFacts): Promise<Html> {
    const head = await findDeployHead(database, facts.id);
    const environments = await readEnvironments(gates, facts, clock.now());
    return head === null || environments.length === 0
      ? blank({ title: wording.nothingAskedYet(), body: wording.nothingAskedYetWhy(), icon: "question" })
      : nextDeploy(facts, environments, head);
  }

  async function page(
    context: WhyContext,
    repository: VisibleRepository,
    read: ReadQuestion,
    shown: Html,
    status: ContentfulStatusCode = 200,
  ): Promise<Response> {
    const { facts } = repository;
    const environments = await readEnvironments(gates, facts, clock.now());
    const isAnswer = read.state === "asked" && status === 200;
    const problems = read.state === "wrong" ? read.problems : {};
    const ask = panel({
      title: isAnswer ? wording.askAnother() : wording.askWhy(),
      id: "why-ask",
      body: html`<div class="hp-panel-body">
        ${
          problems.intent === undefined
            ? NOTHING
            : notice({ tone: "attention", title: wording.notAsked(), body: problems.intent })
        }
        ${whyForm({ repository: facts, environments, typed: read.typed, problems })}
      </div>`,
    });
    const body = isAnswer
      ? html`<div class="hp-stack">${shown} ${ask}</div>`
      : html`<div class="hp-stack">
          <h1>${wording.whyTitle()}</h1>
          <p class="hp-lead">${wording.whyIntroduction()}</p>
          ${ask} ${shown}
        </div>`;
    return await renderPage(context, {
      title: `${wording.whyTitle()} · ${facts.owner}/${facts.name}`,
      place: { kind: "repository", repository, tab: "why" },
      person: context.get("person"),
      body,
      status,
    });
  }

  return app;
}

function nextDeploy(facts: RepositoryFacts, environments: readonly string[], sha: CommitSha): Html {
  const links = environments.map(
    (environment) =>
      html`<li>
        <a href="${whyPath(facts, { environment, sha })}">${wording.nextDeployTo(environment, sha)}</a>
      </li>`,
  );
  return panel({
    title: wording.nextDeploy(),
    id: "why-next",
    body: html`<ul class="hp-why-next">
      ${links}
    </ul>`,
  });
}

function unresolved(
  found: Exclude<Reading<CommitSha>, { readonly state: "known" }>,
  beginning: string,
): readonly [Html, ContentfulStatusCode] {
  if (found.state === "missing") {
    const body = wording.noSuchCommitWhy(beginning);
    return [notice({ tone: "attention", title: wording.noSuchCommitTitle(), body }), 404];
  }
  const body = wording.cannotAskWhy(found.because);
  return [notice({ tone: "danger", title: wording.cannotAskTitle(), body }), 503];
}
