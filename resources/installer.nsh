; The files of others that Espalier reads: Windows lists it under "Open with" for them, and whatever opens them now goes on doing so.
!macro OfferToOpen ENDING
  WriteRegStr SHELL_CONTEXT "Software\Classes\Applications\${APP_EXECUTABLE_FILENAME}\SupportedTypes" "${ENDING}" ""
!macroend

!macro customInstall
  WriteRegStr SHELL_CONTEXT "Software\Classes\Applications\${APP_EXECUTABLE_FILENAME}\shell\open\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "%1"'
  !insertmacro OfferToOpen ".json"
  !insertmacro OfferToOpen ".jsonl"
  !insertmacro OfferToOpen ".conll"
  !insertmacro OfferToOpen ".ann"
  !insertmacro OfferToOpen ".csv"
  !insertmacro OfferToOpen ".tsv"
  !insertmacro OfferToOpen ".txt"
  !insertmacro OfferToOpen ".zip"
!macroend

!macro customUnInstall
  DeleteRegKey SHELL_CONTEXT "Software\Classes\Applications\${APP_EXECUTABLE_FILENAME}"
!macroend
