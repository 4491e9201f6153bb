/** The end of work on a sentence: problems are told once, and the second time they are taken as meant. */
import { ref, type Ref } from 'vue'
import { setReviewed } from '#main/document/edit-review'
import type { Edit } from '#main/document/edit'
import type { Desk } from './acts.ts'

interface Parts {
  readonly desk: Readonly<Ref<Desk>>
  readonly problems: Readonly<Ref<readonly { readonly message: string }[]>>
  readonly apply: (edit: Edit) => boolean
  readonly say: (sentence: string) => void
  /** Called when the sentence is reviewed. */
  readonly onFinished: () => void
}

export interface Finishing {
  /** True once the person has been told of the problems, so that "done" means "done all the same". */
  readonly isWarned: Ref<boolean>
  finish(): void
}

export function useFinishing({ desk, problems, apply, say, onFinished }: Parts): Finishing {
  const isWarned = ref(false)
  return {
    isWarned,
    finish() {
      const [first, ...others] = problems.value
      if (first && !isWarned.value) {
        isWarned.value = true
        const more = others.length === 0 ? '' : `, and ${others.length} more`
        return say(`${first.message}${more}. Press D again to be done all the same.`)
      }
      apply(setReviewed(desk.value.annotation, true))
      onFinished()
    },
  }
}
