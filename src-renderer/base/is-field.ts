/** Fields: the elements that typing goes into, so that letters are no shortcuts while one of them has the focus. */

/** Inputs that take no text. */
const buttons = new Set(['button', 'checkbox', 'color', 'file', 'image', 'radio', 'range', 'reset', 'submit'])

/** A list of choices counts as well: letters find a choice there. */
export function isField(element: Element | null): boolean {
  if (element instanceof HTMLInputElement) return !buttons.has(element.type)
  if (element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement) return true
  return element instanceof HTMLElement && element.isContentEditable
}
