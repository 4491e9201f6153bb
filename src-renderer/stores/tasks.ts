/** The tasks that run now, whichever place or window started them. */
import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { Task } from '#main/api/events'
import { client, onAppEvent, onReconnect } from '#window/client.ts'
import { useToasts } from './toasts.ts'

export const useTasksStore = defineStore('tasks', () => {
  const toasts = useToasts()
  const tasks = ref<readonly Task[]>([])

  async function load(): Promise<void> {
    await toasts.attempt(async () => (tasks.value = await client.system.tasks()))
  }

  onReconnect(() => void load())
  onAppEvent((event) => {
    if (event.type === 'notice') toasts.show({ kind: 'info', message: event.message })
    if (event.type !== 'task') return
    const { task } = event
    const others = tasks.value.filter(({ taskId }) => taskId !== task.taskId)
    tasks.value = task.state === 'running' ? [...others, task] : others
    // other tasks report a failure in the place that started them; nobody waits for training
    if (task.state === 'failed' && task.kind === 'training')
      toasts.show({ kind: 'error', message: `${task.title}: ${task.detail}` })
  })

  return { tasks, load }
})
