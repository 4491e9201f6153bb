/** Acts of the window itself that the palette, keys, and the menu of the desktop program have. */
import { ref, type Ref } from 'vue'
import type { Router } from 'vue-router'
import { writeAddress } from '#main/api/address'
import type { DesktopCommand, WindowAct } from '#main/api/desktop'
import { client } from '#window/client.ts'
import { followDesktop, hasDialogs } from '#window/desktop.ts'
import { useOpenedFiles } from '#window/stores/opened-files.ts'
import { useSettingsStore } from '#window/stores/settings.ts'
import { useToasts } from '#window/stores/toasts.ts'

export interface WindowActs {
  readonly areOpen: Readonly<Record<'palette' | 'jobs' | 'about' | 'licences', Ref<boolean>>>
  act(name: WindowAct): void
  /** Goes where the person said, once the window is there. */
  follow(): void
}

export function useWindowActs(router: Router): WindowActs {
  const [settings, opened, toasts] = [useSettingsStore(), useOpenedFiles(), useToasts()]
  const areOpen = { palette: ref(false), jobs: ref(false), about: ref(false), licences: ref(false) }

  const acts: Record<WindowAct, () => void> = {
    find: () => (areOpen.palette.value = true),
    jobs: () => (areOpen.jobs.value = true),
    about: () => (areOpen.about.value = true),
    licences: () => (areOpen.licences.value = true),
    tour: () => void toasts.attempt(() => settings.update({ hasSeenTour: false })),
    'copy-address': () => void toasts.attempt(copyAddress, 'The address of the sentence is in the clipboard.'),
    import() {
      opened.open([])
      void router.push('/corpora')
    },
  }

  /** In a browser the address of the page itself, in the desktop program one that it opens with. */
  async function copyAddress(): Promise<void> {
    const { name, params } = router.currentRoute.value
    const sentenceId = Number(name === 'annotate' ? params['sentenceId'] : Number.NaN)
    if (!Number.isInteger(sentenceId)) throw new Error('Open a sentence in Annotate first: its address is copied.')
    const open = (await client.workspaces.recent()).find(({ isOpen }) => isOpen)
    const own = writeAddress({ sentenceId, workspace: open?.folder ?? null })
    await navigator.clipboard.writeText(hasDialogs ? own : location.href)
  }

  function answer(command: DesktopCommand): void {
    if (command.type === 'go') void router.push(command.to)
    else if (command.type === 'act') acts[command.act]()
    else {
      opened.open(command.files.map(({ path, name }) => ({ name, file: { path } })))
      void router.push('/corpora')
    }
  }

  return {
    areOpen,
    act: (name) => acts[name](),
    follow: () => void followDesktop(answer).catch(() => undefined), // the window goes, and its port with it
  }
}
