using Gateway.Tests.Configuration;
using k8s;
using k8s.Models;

namespace Gateway.Tests.Upstream.Discovery;

public sealed class AccessRightsTests
{
    [Fact]
    public void The_gateway_may_read_endpoint_slices_and_nothing_else()
    {
        var text = File.ReadAllText(Path.Combine(Sample.Root, "deploy", "k8s", "discovery-rbac.yaml"));
        var all = KubernetesYaml.LoadAllFromString(text, strict: true);
        var account = Assert.Single(all.OfType<V1ServiceAccount>());
        var role = Assert.Single(all.OfType<V1Role>());
        var binding = Assert.Single(all.OfType<V1RoleBinding>());
        Assert.Equal(3, all.Count);
        var rule = Assert.Single(role.Rules);
        Assert.Equal(["discovery.k8s.io"], rule.ApiGroups);
        Assert.Equal(["endpointslices"], rule.Resources);
        Assert.Equal(["get", "list", "watch"], rule.Verbs);
        Assert.Equal((role.Kind, role.Metadata.Name, role.Metadata.NamespaceProperty), (binding.RoleRef.Kind, binding.RoleRef.Name, binding.Metadata.NamespaceProperty));
        var subject = Assert.Single(binding.Subjects);
        Assert.Equal((account.Kind, account.Metadata.Name, account.Metadata.NamespaceProperty), (subject.Kind, subject.Name, subject.NamespaceProperty));
    }
}
