# Stands in for Microsoft's module in the tests: the same name and GUID, and a version above all of Microsoft's, so
# that it is the one that is found where the real one is installed too. It speaks to the sandbox.
@{
  RootModule = 'ExchangeOnlineManagement.psm1'
  ModuleVersion = '3.999.0'
  GUID = 'B5ECED50-AFA4-455B-847A-D8FB64140A22'
  FunctionsToExport = 'Connect-ExchangeOnline', 'Disconnect-ExchangeOnline', 'Get-ConnectionInformation'
  CmdletsToExport = @()
  VariablesToExport = @()
  AliasesToExport = @()
}
