/** A helper thread's main file that cannot be started. */
throw new Error('no luck today')
