/** Words of GitHub's, Jira's and Slack's addresses that stay as they are; what else stands in a path is somebody's name. */
const FIXED = new Set(
  `accept-invitation access_tokens actions api app artifacts branches bulkfetch chat.postMessage chat.update check-runs check-suites
   collaborators comments commits compare config contents conversations.history conversations.open conversations.replies
   deliveries deployment_protection_rule deployments events field files git graphql hook installation installations issue issues
   jobs labels latest members memberships merge_group orgs permission pending_deployments permissions project protection-rules
   pull pulls ref refs repos repositories repository rest rules rulesets runs search serverInfo status statuses suites teams
   timeline transitions trees user users users.info users.lookupByEmail v3 workflows editmeta createmeta myself mypermissions heads
   attempts annotations environments changelog attachments list auth.test`.split(/\s+/),
);
/** What comes after one of these is a name. */
const NAMERS = new Set(["labels", "branches", "compare", "contents", "users", "orgs"]);

/** What is called, without what it is called for: `POST /repos/{}/{}/issues`, `POST /graphql Outline`. */
export function nameCall(method: string, url: string, body: unknown): string {
  const { pathname } = new URL(url);
  const query = pathname.endsWith("/graphql") ? nameQuery(body) : "";
  return `${method.toUpperCase()} ${namePath(pathname)}${query}`;
}

function namePath(path: string): string {
  const parts = path.split("/");
  return parts
    .map((part, at) => {
      if (part === "") return part;
      const repository = parts[at - 1] === "repos" || parts[at - 2] === "repos";
      // A label, a branch and a file may be called like a word of an address, and so may the repository before them.
      const named = parts[at - 3] !== "repos" && NAMERS.has(parts[at - 1] ?? "");
      return !repository && !named && FIXED.has(part) ? part : "{}";
    })
    .join("/")
    .replace(/(\/contents\/\{\})(\/.*)?$/, "$1");
}

function nameQuery(body: unknown): string {
  const name = typeof body === "string" ? /\b(?:query|mutation) +(\w+)/.exec(body)?.[1] : undefined;
  return name === undefined ? "" : ` ${name}`;
}
