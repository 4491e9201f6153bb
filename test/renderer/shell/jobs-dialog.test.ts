// @vitest-environment happy-dom
/** The list of jobs: what can be done with each, in words that name it. */
import { nextTick } from 'vue'
import { expect, it } from 'vitest'
import type { JobView } from '#main/api/jobs'
import JobsDialog from '#window/shell/JobsDialog.vue'
import { mount } from '../../support/mounted.ts'

const job = (jobId: number, changed: Partial<JobView>): JobView => ({
  ...{ jobId, kind: 'extract', title: `extract ${jobId}.txt`, state: 'queued', done: 0, total: 100, notes: [] },
  ...{ failure: null, createdMs: 1, endedMs: null, workedMs: 0, progress: null, needs: null },
  ...changed,
})

const jobs = [
  job(4, { state: 'running', progress: { done: 40, detail: '12 sentences', rate: 2, secondsLeft: 30 } }),
  job(5, {}),
  job(6, {}),
  job(3, { state: 'interrupted', failure: 'The disk is full.' }),
  job(2, { state: 'finished', endedMs: 5, workedMs: 4000, notes: ['Two files were left out.', 'It is unlike dev.'] }),
]

const labels = () => [...document.querySelectorAll('button[aria-label]')].map((each) => each.getAttribute('aria-label'))
const press = (label: string) => document.querySelector<HTMLElement>(`button[aria-label="${label}"]`)?.click()

it('offers what the state of each job allows', async () => {
  const dialog = mount(JobsDialog, {
    props: { jobs, total: 7 },
    models: { open: true },
    listens: ['pause', 'resume', 'cancel', 'move', 'forget', 'forgetEnded'],
  })
  await new Promise((resolve) => setTimeout(resolve))
  expect(labels()).toEqual([
    ...['Pause extract 4.txt', 'Cancel extract 4.txt'],
    ...['Pause extract 5.txt', 'Cancel extract 5.txt'],
    ...['Do extract 6.txt earlier', 'Pause extract 6.txt', 'Cancel extract 6.txt'],
    ...['Resume extract 3.txt', 'Cancel extract 3.txt', 'Take extract 3.txt out of the list'],
    ...['Take extract 2.txt out of the list', 'More of the notes of extract 2.txt', 'Close'],
  ])
  for (const label of ['Pause extract 4.txt', 'Do extract 6.txt earlier', 'Resume extract 3.txt']) press(label)
  press('Take extract 2.txt out of the list')
  const clear = [...document.querySelectorAll('button')].find(({ textContent }) => textContent.includes('Clear what'))
  clear?.click()
  expect(Object.fromEntries(dialog.emitted)).toEqual({
    ...{ pause: [[4]], move: [[6, 5]], resume: [[3]], forget: [[2]], forgetEnded: [[]] },
  })
  const text = document.querySelector('[role=dialog]')?.textContent ?? ''
  expect(text).toContain('Job 4 · 12 sentences · 30 s left')
  expect(text).toContain('The disk is full.')
  expect(text).toContain('Two files were left out.')
  expect(text).toContain('2 older jobs not listed.')
  expect(text).not.toContain('It is unlike dev.')
  press('More of the notes of extract 2.txt')
  await nextTick()
  expect(document.querySelector('[role=dialog]')?.textContent).toContain('It is unlike dev.')
  expect(labels()).toContain('Less of the notes of extract 2.txt')
})
