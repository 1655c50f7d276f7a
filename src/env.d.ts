/// <reference types="astro/client" />

declare namespace App {
  interface Locals {
    /** Passports written on the page so far, for unique ids. */
    passports?: number;
  }
}
