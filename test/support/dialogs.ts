/** Dialogs as a person meets them: opened from a control, walked through by Tab, left by Escape. */
import { nextTick, type Component } from 'vue'
import { expect, onTestFinished } from 'vitest'
import { find, mount, type Mounted, type MountOptions } from './mounted.ts'

export interface OpenedDialog extends Mounted {
  readonly dialog: HTMLElement
  /** The control from which the dialog was opened, which gets the focus back. */
  readonly opener: HTMLElement
}

const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn++) await nextTick()
  await new Promise((resolve) => setTimeout(resolve))
}

/** Mounts a dialog that is closed, and opens it by its model from a button that has the focus. */
export async function openDialog(
  component: Component,
  { props, models, listens }: MountOptions,
  open: readonly [model: string, value: unknown] = ['open', true],
): Promise<OpenedDialog> {
  const opener = document.createElement('button')
  document.body.append(opener)
  onTestFinished(() => opener.remove())
  opener.focus()
  const [model, value] = open
  const closed = model === 'open' ? false : null
  const mounted = mount(component, {
    ...{ props: props ?? {}, models: { ...models, [model]: closed }, listens: listens ?? [] },
  })
  await mounted.setModel(model, value)
  await turns()
  return { ...mounted, dialog: find('[role=dialog]'), opener }
}

/** Presses a key on whatever has the focus; the default act of Tab and Enter is the browser's, which this page is not. */
export async function press(key: string, more: KeyboardEventInit = {}): Promise<void> {
  const target = document.activeElement ?? document.body
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }))
  await turns()
}

/** Types into the field of this label. */
export async function typeInto(label: string, text: string): Promise<void> {
  const field = fieldOf(label)
  field.value = text
  field.dispatchEvent(new Event('input', { bubbles: true }))
  await turns()
}

export function fieldOf(label: string): HTMLInputElement {
  const { htmlFor } = find('label', label) as HTMLLabelElement // found as a label
  const field = document.getElementById(htmlFor)
  if (!field) throw new Error(`The label "${label}" belongs to no field`)
  return field as HTMLInputElement // or another element with a value
}

export const button = (name: string): HTMLButtonElement => find('[role=dialog] button', name) as HTMLButtonElement // found as a button

export async function click(name: string): Promise<void> {
  button(name).click()
  await turns()
}

/** Submits the form that holds the field, as Enter in it does: by its default button, which must be able to. */
export async function submitByEnter(label: string): Promise<void> {
  const { form } = fieldOf(label)
  if (!form) throw new Error(`Enter in "${label}" does nothing: the field belongs to no form`)
  const submitter = form.id ? document.querySelector<HTMLButtonElement>(`button[form="${form.id}"]`) : null
  const buttons = submitter ?? form.querySelector<HTMLButtonElement>('button[type=submit]')
  if (!buttons) throw new Error(`The form of "${label}" has no button to submit it`)
  if (!buttons.disabled) form.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }))
  await turns()
}

/** What every dialog does: it is named, takes the focus, keeps it, and gives it back when Escape closes it. */
export async function expectDialogManners(opened: OpenedDialog, name: string): Promise<void> {
  const { dialog, opener } = opened
  expect(document.getElementById(dialog.getAttribute('aria-labelledby') ?? '')?.textContent?.trim()).toBe(name)
  expect(dialog.contains(document.activeElement)).toBe(true)
  const controls = [
    ...dialog.querySelectorAll<HTMLElement>('button:not(:disabled), input:not(:disabled), select, textarea, a[href]'),
  ].filter(({ tabIndex }) => tabIndex >= 0)
  controls.at(-1)?.focus()
  await press('Tab')
  expect(document.activeElement).toBe(controls[0])
  await press('Tab', { shiftKey: true })
  expect(document.activeElement).toBe(controls.at(-1))
  await press('Escape')
  expect(document.querySelector('[role=dialog]')).toBeNull()
  expect(document.activeElement).toBe(opener)
}
