/**
 * On the few pages with JavaScript, somebody quick (or on a slow telephone) types before the page has woken up. Waking up puts back into each
 * control what the server had written; so what was typed is noted just before, and typed again just after, as if it came then.
 */

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
export type TypedEarly = { control: Control; value: string; checked: boolean };

const ticked = (control: Control): control is HTMLInputElement =>
  control instanceof HTMLInputElement && (control.type === 'checkbox' || control.type === 'radio');

function changed(control: Control): boolean {
  if (control instanceof HTMLSelectElement) {
    const options = [...control.options];
    return options.some(({ selected, defaultSelected }) => selected !== defaultSelected) && options.some((one) => one.defaultSelected);
  }
  // A radio that lost its tick follows the one that took it.
  if (ticked(control)) return control.checked !== control.defaultChecked && (control.type === 'checkbox' || control.checked);
  return control.type !== 'hidden' && control.type !== 'file' && control.value !== control.defaultValue;
}

/** What differs from the page that the server sent, in the page's order. Nothing on the server itself. */
export function typedEarly(): TypedEarly[] {
  if (typeof document === 'undefined') return [];
  return [...document.querySelectorAll<Control>('input, textarea, select')]
    .filter(changed)
    .map((control) => ({ control, value: control.value, checked: ticked(control) && control.checked }));
}

/** Types it again, and says so to whoever listens: `input`, then `change`, as a hand would. */
export function typeAgain(typed: readonly TypedEarly[]): void {
  for (const { control, value, checked } of typed) {
    if (ticked(control)) control.checked = checked;
    else control.value = value;
    control.dispatchEvent(new Event('input', { bubbles: true }));
    control.dispatchEvent(new Event('change', { bubbles: true }));
  }
}
