import { expect, test } from "vitest";
import { demo } from "../../src/cli/demo.ts";
import { runCommand } from "./run-command.ts";

test.each(["1", "0s", "soon"])(
  "holdpoint demo has no hour of %s: nothing would ever be due, or all at once",
  async (hour) => {
    expect(await runCommand(demo, ["--hour", hour])).toEqual({
      code: 2,
      out: "",
      err: "holdpoint: --hour takes a duration of at least a second, such as 1s, 10s or 1m.\n",
    });
  },
);
