import { advisedForm, draftForm } from "../../commands/draft-form.ts";
import { onlyModel, UNASKED } from "./models.ts";
import { SEVERAL_MODELS } from "./several-models.ts";

/** What `/draft` alone asks where there is one model. */
export const DRAFT_FORM = draftForm({}, onlyModel(UNASKED));

/** What it asks in any case. */
export const DRAFT_FORMS = [
  { name: "form", form: DRAFT_FORM },
  { name: "form of several models", form: draftForm({ seed: "4294967295" }, SEVERAL_MODELS) },
  {
    name: "form with advice",
    form: advisedForm(
      {
        prompt: 'a sign that says "Open"',
        aspect: "16:9",
        size: "4K",
        seed: "4294967295",
        keep: "exact",
        model: "swift-2.1",
      },
      SEVERAL_MODELS,
      "Fast models often misspell words in pictures. swift-2.1 does better, for 2 credits a take.",
    ),
  },
] as const;
