import type { UnknownCode } from "../../domain/model.ts";
import * as wording from "../../domain/wording/jira.ts";
import { readRetryAt } from "./retry-at.ts";

/** The codes of `UnknownCode` that Jira can be the reason of. */
export type JiraCode = Extract<UnknownCode, `jira-${string}`>;

/**
 * Why a call to Jira brought nothing usable. `detail` holds facts alone (the call, the status, an error's
 * code), never a word of the answer's body: a login page or a proxy may echo what was sent.
 */
export interface JiraProblem {
  readonly code: JiraCode;
  /** null: no answer came. */
  readonly status: number | null;
  readonly detail: string;
  readonly retryAt: Date | null;
  /** The same call may well go through at once: worth one more try. */
  readonly transient: boolean;
  /** The answer is Jira's own error form, not that of something in between. */
  readonly saidByJira: boolean;
  /** What Jira itself said of a write that it refused: text, bounded, for the person who asked for it; never logged. */
  readonly words?: string | null;
}

export interface AnswerHead {
  readonly status: number;
  readonly headers: Headers;
  readonly saidByJira: boolean;
}

/**
 * What a status and its headers mean; null where the answer may be used. The log-in headers count before the
 * status: Jira Cloud answers a wrong API token with 200 and what an anonymous visitor may see, which would
 * read as "none of these tickets exists".
 * https://support.servicenow.com/kb?id=kb_article_view&sysparm_article=KB2942093
 * https://jira.atlassian.com/browse/ID-6351
 */
export function judgeAnswer(answer: AnswerHead, call: string, now: Date): JiraProblem | null {
  const code = judgeLogin(answer) ?? judgeStatus(answer.status);
  if (code === null) return null;
  const backOff = answer.status === 429 || answer.status >= 500;
  return {
    code,
    status: answer.status,
    detail: wording.httpSeen(answer.status, call),
    retryAt: backOff ? readRetryAt(answer.headers, now) : null,
    transient: [500, 502, 503, 504].includes(answer.status) && !answer.headers.has("retry-after"),
    saidByJira: answer.saidByJira,
  };
}

const LOGIN_REFUSED = /AUTHENTICATED_FAILED|AUTHENTICATION_DENIED|AUTHORISATION_FAILED/;

function judgeLogin({ status, headers }: AnswerHead): JiraCode | null {
  const reason = headers.get("x-seraph-loginreason") ?? "";
  const denied = headers.get("x-authentication-denied-reason") ?? "";
  if (denied.includes("CAPTCHA") || reason.includes("AUTHENTICATION_DENIED")) return "jira-captcha";
  if (LOGIN_REFUSED.test(reason)) return "jira-unauthorized";
  // Data Center names whom it took us for; "nobody" sees only public projects.
  const anonymous = headers.get("x-ausername") === "anonymous";
  return anonymous && status < 400 ? "jira-unauthorized" : null;
}

function judgeStatus(status: number): JiraCode | null {
  if (status >= 200 && status < 300) return null;
  if (status >= 300 && status < 400) return "jira-redirected";
  if (status >= 500) return "jira-server-error";
  switch (status) {
    case 401:
      return "jira-unauthorized";
    case 403:
      return "jira-forbidden";
    case 404:
      return "jira-no-endpoint";
    case 408:
      return "jira-timeout";
    case 410:
      return "jira-gone";
    case 429:
      return "jira-rate-limited";
    default:
      return "jira-unexpected";
  }
}

/** An answer of the wrong shape: JSON, but not what this call is documented to give. */
export function unexpectedShape(call: string): JiraProblem {
  return {
    code: "jira-unexpected",
    status: 200,
    detail: wording.seenIn(wording.otherShape(), call),
    retryAt: null,
    transient: false,
    saidByJira: false,
  };
}
