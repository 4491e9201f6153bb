/** The places of the window and their addresses. */
import { createRouter, createWebHashHistory } from 'vue-router'

export const router = createRouter({
  history: createWebHashHistory(),
  routes: [
    { path: '/', redirect: '/corpora' },
    { path: '/corpora', name: 'corpora', component: () => import('#window/features/corpora/CorporaView.vue') },
    {
      path: '/annotate/:sentenceId?',
      name: 'annotate',
      component: () => import('#window/features/annotate/AnnotateView.vue'),
    },
    { path: '/train/:runId?', name: 'train', component: () => import('#window/features/train/TrainView.vue') },
    {
      path: '/compare/:comparisonId(\\d+)?',
      name: 'compare',
      component: () => import('#window/features/compare/CompareView.vue'),
    },
    {
      path: '/extract/sample/:sampleId',
      name: 'sample',
      component: () => import('#window/features/extract/sample/SampleView.vue'),
    },
    { path: '/extract', name: 'extract', component: () => import('#window/features/extract/ExtractView.vue') },
    { path: '/help/:book(.*)?', name: 'help', component: () => import('#window/features/help/HelpView.vue') },
    { path: '/settings', name: 'settings', component: () => import('#window/features/settings/SettingsView.vue') },
    { path: '/:unknown(.*)*', redirect: '/corpora' },
  ],
})

/** Goes where the address leads that changed while the first place was loading: the router hears it only afterwards. */
export async function followEarlyAddress(): Promise<void> {
  let address: string | null = null
  const note = (): void => void (address = location.hash.slice(1))
  addEventListener('hashchange', note)
  await router.isReady()
  removeEventListener('hashchange', note)
  if (address !== null) await router.push(address)
}
