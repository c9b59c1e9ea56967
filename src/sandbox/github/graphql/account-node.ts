import type { Account, Json } from "../model.ts";
import type { World } from "../world.ts";

/** GraphQL writes a bot's login without `[bot]`. */
export function accountNode(world: World, account: Account): Json {
  const login = account.login.replace(/\[bot\]$/, "");
  return {
    __typename: account.type,
    id: `U_${account.id}`,
    databaseId: account.id,
    login,
    name: account.name,
    url: `${world.webUrl}/${account.type === "Bot" ? "apps/" : ""}${login}`,
  };
}
