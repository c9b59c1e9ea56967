import { parseDuration } from "../../domain/duration.ts";
import { scaled } from "../../domain/scaled-duration.ts";
import { durationText } from "../../domain/time-span.ts";
import * as wording from "../../domain/wording/cockpit/gate-forms.ts";
import { select, textArea, textInput } from "../view/form.ts";
import { type Html, html } from "../view/html.ts";
import type { FormState } from "./form-state.ts";
import { LONGEST_REASON } from "./read-command.ts";

const CHOICES = ["1h", "4h", "12h", "24h", "48h", "72h"] as const;

export interface DurationGiven {
  /** The form's name: ids are of the whole page. */
  readonly form: string;
  readonly label: string;
  readonly state: FormState;
  /** Milliseconds, as policies have them: scaled by `hour`. */
  readonly usual: number;
  readonly most: number;
  readonly hour: number;
}

/** A few sensible lengths of time, and any other in a field of its own, which counts where it is filled in. */
export function durationFields({ form, label, state, usual, most, hour }: DurationGiven): Html {
  const preset = durationText(Math.min(usual, most), hour);
  const choices = CHOICES.filter((one) => scaled(parseDuration(one) ?? 0, hour) <= most);
  const all = [...new Set([...choices, preset, durationText(most, hour)])].toSorted(
    (one, other) => (parseDuration(one) ?? 0) - (parseDuration(other) ?? 0),
  );
  const problem = state.problems.get("other");
  return html`<div class="hp-field-pair">
    ${select({
      name: "duration",
      id: `${form}-duration`,
      label,
      value: state.typed.get("duration") ?? preset,
      options: all.map((value) => ({ value, text: value })),
    })}
    ${textInput({
      name: "other",
      id: `${form}-other`,
      label: wording.otherDuration(),
      value: state.typed.get("other") ?? "",
      hint: wording.otherDurationHint(durationText(most, hour)),
      maxLength: 10,
      ...(problem === undefined ? {} : { error: problem }),
    })}
  </div>`;
}

export function reasonField(form: string, { typed, problems }: FormState): Html {
  const problem = problems.get("because");
  return textArea({
    name: "because",
    id: `${form}-because`,
    label: wording.reasonLabel(),
    value: typed.get("because") ?? "",
    hint: wording.reasonHint(),
    required: true,
    maxLength: LONGEST_REASON,
    rows: 2,
    ...(problem === undefined ? {} : { error: problem }),
  });
}
