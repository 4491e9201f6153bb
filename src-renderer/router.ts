/** The places of the window and their addresses. */
import { createRouter, createWebHashHistory } from 'vue-router'

export const router = createRouter({
  history: createWebHashHistory(),
  routes: [
    { path: '/', redirect: '/corpora' },
    { path: '/corpora', name: 'corpora', component: () => import('./views/CorporaView.vue') },
    { path: '/annotate/:sentenceId?', name: 'annotate', component: () => import('./views/AnnotateView.vue') },
    { path: '/train/:runId?', name: 'train', component: () => import('./views/TrainView.vue') },
    { path: '/compare', name: 'compare', component: () => import('./views/CompareView.vue') },
    { path: '/extract', name: 'extract', component: () => import('./views/ExtractView.vue') },
    { path: '/settings', name: 'settings', component: () => import('./views/SettingsView.vue') },
    { path: '/:unknown(.*)*', redirect: '/corpora' },
  ],
})
