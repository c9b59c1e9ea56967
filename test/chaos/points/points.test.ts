import { describe, expect, test } from "vitest";
import { nameCall } from "./call-name.ts";
import { readArmed, writeArmed } from "./fault-points.ts";
import { isWrite, nameStatement } from "./statement-name.ts";

describe("a fault point's name says what is done, and to nothing in particular", () => {
  test.for([
    ["GET", "https://api.github.com/repos/acme/labels/issues?per_page=100", null, "GET /repos/{}/{}/issues"],
    [
      "POST",
      "http://127.0.0.1:4000/repos/acme/shop/issues/12/labels",
      "{}",
      "POST /repos/{}/{}/issues/{}/labels",
    ],
    ["GET", "https://api.github.com/repos/acme/shop/labels/issues", null, "GET /repos/{}/{}/labels/{}"],
    [
      "GET",
      "https://api.github.com/repos/acme/shop/contents/src/main.ts?ref=main",
      null,
      "GET /repos/{}/{}/contents/{}",
    ],
    [
      "POST",
      "https://api.github.com/graphql",
      '{"query":"query Outline($a: Int) { x }"}',
      "POST /graphql Outline",
    ],
    ["POST", "http://127.0.0.1:4001/api/chat.postMessage", "", "POST /api/chat.postMessage"],
  ] as const)("%s %s", ([method, url, body, name]) => {
    expect(nameCall(method, url, body)).toBe(name);
  });

  test.for([
    ["insert into holdpoint.effect as e (target) values ($1)", "insert into holdpoint.effect", true],
    [
      "with stored as (insert into holdpoint.delivery (id) values ($1)) select 1",
      "insert into holdpoint.delivery",
      true,
    ],
    ["select id\n  from holdpoint.turn where key = $1", "select from holdpoint.turn", false],
    ["delete from pgboss.j0123456789abcdef0123456789 where id = $1", "delete from pgboss.job", true],
    ["select pg_notify($1, $2)", "select pg_notify", false],
  ] as const)("%s", ([sql, name, writes]) => {
    expect([nameStatement(sql), isWrite(sql)]).toEqual([name, writes]);
  });

  test("which points are armed can be said in one line and read again", () => {
    const armed = [
      { name: "before POST /repos/{}/{}/issues", nth: 2, blow: "kill" as const },
      { name: "after commit of insert into holdpoint.effect", nth: 1, blow: "stop" as const },
    ];
    expect(readArmed(writeArmed(armed))).toEqual(armed);
    expect(readArmed("after a delivery")).toEqual([{ name: "after a delivery", nth: 1, blow: "kill" }]);
    expect(readArmed("")).toEqual([]);
  });
});
