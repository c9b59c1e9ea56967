import type { JiraClient } from "./client.ts";
import { textMember } from "./json.ts";

/** Where people see tickets, no slash at the end. */
export type ReadsSiteUrl = () => Promise<string>;

/**
 * The base address, but for Jira Cloud behind Atlassian's gateway (`https://api.atlassian.com/ex/jira/ID`, what scoped
 * tokens need): there the site has an address of its own, asked for once. While it cannot be had, links lead to the gateway.
 */
export function createReadSiteUrl(client: JiraClient, baseUrl: string): ReadsSiteUrl {
  const base = baseUrl.replace(/(?<!\/)\/+$/, "");
  if (!base.startsWith("https://api.atlassian.com/ex/jira/")) return () => Promise.resolve(base);
  let known: string | null = null;
  return async () => {
    if (known !== null) return known;
    const result = await client.call({ method: "GET", path: "/serverInfo" });
    const url = result.ok ? textMember(result.value, "baseUrl") : null;
    if (url?.startsWith("https://") === true) known = url.replace(/(?<!\/)\/+$/, "");
    return known ?? base;
  };
}
