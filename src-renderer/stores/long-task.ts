/** Long work that a form begins: its progress, its end and how to stop it. */
import { computed, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import type { Task } from '#main/api/events'
import { client, messageOf } from '#window/client.ts'
import { useTasksStore } from '#window/stores/tasks.ts'

export interface LongTask<Answer> {
  /** null before the first work has ended, and while another one goes on. */
  readonly answer: ShallowRef<Answer | null>
  /** Why the latest work came to nothing; null when it did not. */
  readonly failure: Ref<string | null>
  readonly isBusy: Ref<boolean>
  /** As the services tell it; undefined while nothing goes on. */
  readonly task: ComputedRef<Task | undefined>
  run(work: (taskId: string) => Promise<Answer>): Promise<void>
  cancel(): Promise<void>
  /** Forgets how the latest work ended, as when it was about something else. */
  forget(): void
}

export function useLongTask<Answer>(): LongTask<Answer> {
  const tasks = useTasksStore()
  const answer = shallowRef<Answer | null>(null)
  const failure = ref<string | null>(null)
  const isBusy = ref(false)
  const taskId = ref('')
  return {
    ...{ answer, failure, isBusy },
    task: computed(() => tasks.tasks.find((task) => task.taskId === taskId.value)),
    async run(work) {
      taskId.value = crypto.randomUUID()
      answer.value = null
      failure.value = null
      isBusy.value = true
      try {
        answer.value = await work(taskId.value)
      } catch (error) {
        failure.value = messageOf(error)
      } finally {
        isBusy.value = false
      }
    },
    forget() {
      answer.value = null
      failure.value = null
    },
    async cancel() {
      await client.system.cancelTask({ taskId: taskId.value }).catch(() => undefined) // it has just ended
    },
  }
}
