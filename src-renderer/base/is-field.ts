/** Fields: the elements that typing goes into, so that letters are no shortcuts while one of them has the focus. */

/** Types of inputs that take no text. */
const buttons = new Set(['button', 'checkbox', 'color', 'file', 'image', 'radio', 'range', 'reset', 'submit'])

/** Whether typing goes into the element. A list of choices counts as a field, since letters find a choice there. */
export function isField(element: Element | null): boolean {
  if (element instanceof HTMLInputElement) return !buttons.has(element.type)
  if (element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement) return true
  return element instanceof HTMLElement && element.isContentEditable
}
