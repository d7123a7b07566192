/** The way through a sign-up, one question a screen. */
export const steps = ['panier', 'rythme', 'depot', 'debut', 'options', 'vous', 'paiement', 'verifier'] as const;
export type Step = (typeof steps)[number];

export type Journey = {
  /** The depot is full, and the person waits for a place: nothing to pay, no date. */
  waits: boolean;
  /** There is something to take besides the baskets. */
  options: boolean;
  /** Signed in: the garden knows who it is. */
  known: boolean;
};

/** The steps of somebody's way, in order. */
export function stepsOf({ waits, options, known }: Journey): Step[] {
  const skipped: Step[] = [...(waits ? (['debut', 'options', 'paiement'] as const) : []), ...(options ? [] : (['options'] as const))];
  return steps.filter((step) => !skipped.includes(step) && !(known && step === 'vous'));
}

/** Where to go on: the first step that is not answered; the last one when all are. */
export const nextStep = (way: readonly Step[], answered: ReadonlySet<Step>): Step => way.find((step) => !answered.has(step)) ?? 'verifier';

/** A step may be opened once all those before it are answered; else the first that is not. */
export function mayOpen(step: Step, way: readonly Step[], answered: ReadonlySet<Step>): Step | null {
  const next = nextStep(way, answered);
  if (!way.includes(step)) return next;
  return way.indexOf(step) <= way.indexOf(next) ? null : next;
}
