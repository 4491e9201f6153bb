/** Starts the window. It connects first, so that stores can call the services at once. */
import '@fontsource-variable/inter/wght.css'
import '@fontsource-variable/source-serif-4/wght.css'
import '@fontsource-variable/jetbrains-mono/wght.css'
import './base/tokens.css'
import './base/base.css'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from '#window/shell/App.vue'
import { connect } from './client.ts'
import { followTheme } from '#window/base/theme.ts'
import { followEarlyAddress, router } from '#window/shell/router.ts'

followTheme()
await connect().catch(() => undefined) // the window shows the reason and offers to try again
createApp(App).use(createPinia()).use(router).mount('#app')
await followEarlyAddress()
