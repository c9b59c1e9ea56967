import { describe, expect, test } from "vitest";
import { formToken } from "../../../src/cockpit/session/form-token.ts";
import {
  checkbox,
  form,
  hidden,
  linkButton,
  select,
  submitButton,
  textArea,
  textInput,
} from "../../../src/cockpit/view/form.ts";
import { type Html, html } from "../../../src/cockpit/view/html.ts";
import { expectCleanPage } from "../clean-page.ts";
import { HOSTILE } from "../hostile.ts";

const PERSON = { sessionHash: Buffer.from("session") };

async function shown(piece: Html): Promise<string> {
  return String(await piece)
    .replaceAll(/\s+/g, " ")
    .replaceAll(/> | <|\s+(?=\/?>)/g, (gap) => gap.trim());
}

test("a form is sent by POST with the session's token", async () => {
  const made = await shown(
    form({ action: "/acme/shop/mend", person: PERSON, id: "f", body: html`<i>b</i>` }),
  );
  expect(made).toBe(
    '<form class="hp-form" method="post" action="/acme/shop/mend" id="f">' +
      `<input type="hidden" name="token" value="${formToken(PERSON)}"/><i>b</i></form>`,
  );
});

describe("a field", () => {
  test("has a label of its own, its hint and what is wrong with it", async () => {
    const made = await shown(
      textInput({
        name: "because",
        id: "why-1",
        label: "Reason",
        hint: "Shown to all",
        error: "It is empty",
        required: true,
      }),
    );
    expect(made).toBe(
      '<div class="hp-field hp-field-wrong"><label class="hp-label" for="why-1">Reason' +
        '<span class="hp-required" aria-hidden="true">*</span></label>' +
        '<input class="form-control hp-input" type="text" value="" id="why-1" name="because" required ' +
        'aria-describedby="why-1-error why-1-hint" aria-invalid="true"/>' +
        '<p class="hp-error" id="why-1-error">It is empty</p><p class="hp-hint" id="why-1-hint">Shown to all</p></div>',
    );
  });

  test("without anything is its label and its control", async () => {
    expect(
      await shown(textInput({ name: "q", label: "Search", maxLength: 5, placeholder: "p", disabled: true })),
    ).toBe(
      '<div class="hp-field"><label class="hp-label" for="q">Search</label>' +
        '<input class="form-control hp-input" type="text" value="" id="q" name="q" maxlength="5" placeholder="p" disabled/></div>',
    );
  });

  test.each(["plain", "\nbegins with a break", "\n\n", "  spaces  ", "a\n\nb"])(
    "of many lines keeps %j as it was typed",
    async (value) => {
      const made = String(await textArea({ name: "t", label: "T", value }));
      const [, inside = ""] = /<textarea[^>]*>([\s\S]*)<\/textarea>/.exec(made) ?? [];
      // A browser leaves out one line break after the tag.
      expect(inside.replace(/^\n/, "")).toBe(value);
    },
  );

  test("of choices shows the one that was chosen", async () => {
    const options = [
      { value: "1", text: "One" },
      { value: "2", text: "Two" },
    ];
    expect(await shown(select({ name: "s", label: "S", value: "2", options }))).toContain(
      '<option value="1">One</option><option value="2" selected>Two</option>',
    );
  });

  test("that is ticked or not", async () => {
    expect(await shown(checkbox({ name: "c", label: "C", checked: true }))).toContain(
      '<input type="checkbox" id="c" name="c" value="yes" checked/><label for="c">C</label>',
    );
  });
});

test("buttons and links that look like them", async () => {
  expect(
    await shown(
      submitButton("Save to Jira", {
        tone: "primary",
        name: "do",
        value: "save",
        label: "Save to Jira: PLAY-1",
      }),
    ),
  ).toBe(
    '<button class="btn btn-primary" type="submit" name="do" value="save" aria-label="Save to Jira: PLAY-1">Save to Jira</button>',
  );
  expect(await shown(submitButton("Halt", { tone: "danger", small: true }))).toBe(
    '<button class="btn btn-danger btn-sm" type="submit">Halt</button>',
  );
  expect(await shown(linkButton("Open", "/x", { primary: true, small: true }))).toBe(
    '<a class="btn btn-primary btn-sm" href="/x">Open</a>',
  );
});

describe("REL-76: what was typed is text when the form is shown again", () => {
  test.each(HOSTILE)("%j", async (text) => {
    const fields = [
      textInput({ name: "a", label: text, value: text, hint: text, error: text, placeholder: text }),
      textArea({ name: "b", label: text, value: text }),
      select({ name: "c", label: text, value: text, options: [{ value: text, text }] }),
      checkbox({ name: "d", label: text, value: text }),
      hidden("e", text),
      submitButton(text, { name: "f", value: text, label: text }),
    ];
    const whole = String(await form({ action: "/x", person: PERSON, body: html`${fields}` }));
    expectCleanPage(whole);
    expect(whole.match(/<(?:form|input|textarea|select|option|button)\b/g)).toHaveLength(9);
    expect(whole.match(/<textarea/g)).toHaveLength(1);
  });
});
