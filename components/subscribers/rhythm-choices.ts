/** How often one can have mail, for a form: value and words. */
export const rhythmChoices = [
  ["daily", "Every day"],
  ["weekdays", "Monday to Friday"],
  ["weekly", "Every week"],
  ["monthly", "Every month"],
] as const;
