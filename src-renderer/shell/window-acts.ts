/** Acts of the window itself that the palette, keys, and the menu of the desktop program have. */
import { ref, type Ref } from 'vue'
import type { Router } from 'vue-router'
import { readAddress, writeAddress, type SentenceAddress } from '#main/api/address'
import type { DesktopCommand, WindowAct } from '#main/api/desktop'
import { client } from '#window/client.ts'
import { followDesktop, hasDialogs } from '#window/desktop.ts'
import { useOpenedFiles } from '#window/stores/opened-files.ts'
import { useSettingsStore } from '#window/stores/settings.ts'
import { useToasts } from '#window/stores/toasts.ts'

export interface WindowActs {
  readonly areOpen: Readonly<Record<'palette' | 'jobs' | 'about' | 'licences', Ref<boolean>>>
  act(name: WindowAct): void
  /** The command that goes to the sentence of an address; null where the text is none. */
  addressed(text: string): { readonly label: string; readonly group: string; readonly run: () => void } | null
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

  async function followAddress({ sentenceId, workspace }: SentenceAddress): Promise<void> {
    const open = (await client.workspaces.recent()).find(({ isOpen }) => isOpen)
    if (workspace !== null && workspace !== open?.folder)
      throw new Error(`This sentence is in the workspace ${workspace}. Open that in Settings first.`)
    await router.push(`/annotate/${sentenceId}`)
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
    addressed(text) {
      const address = readAddress(text)
      if (!address) return null
      const run = (): void => void toasts.attempt(() => followAddress(address))
      return { label: `Sentence ${address.sentenceId}`, group: 'Address', run }
    },
    follow: () => void followDesktop(answer).catch(() => undefined), // the window goes, and its port with it
  }
}
