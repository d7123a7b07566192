/// <reference types="unplugin-icons/types/svelte" />
